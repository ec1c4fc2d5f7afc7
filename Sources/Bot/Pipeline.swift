import Intents
public import Logging
public import Replies
public import Status

/// From a message to its reply, without a platform: what the bot and `isitdown ask` share.
public struct Pipeline: Sendable {
    /// The services of the catalogue.
    public let services: [Service]
    public let composer: ReplyComposer
    public let responder: Responder

    private enum Part: Sendable {
        case texts(ResponseCatalog)
        case matcher(IntentMatcher)
    }

    /// Reads everything it needs from the installation.
    ///
    /// - Parameters:
    ///   - memory: what was answered before.
    ///   - book: what people have set and asked for.
    ///   - home: the service that answers are read on.
    public init(
        installation: Installation, configuration: Configuration, desk: StatusDesk, memory: ChatMemory = ChatMemory(),
        book: ChatBook = ChatBook(log: Logger(label: "isitdown")), home: ServiceID? = nil
    ) throws(Mistakes) {
        let services = try installation.services(configuration)
        try configuration.chat.checkDefaultService(among: services)
        self.services = services
        // Most of a start is spent on the two.
        let parts = inParallel(2) { part in
            Result { () throws(Mistakes) in
                part == 0
                    ? Part.texts(try installation.responses(configuration))
                    : Part.matcher(try installation.matcher(configuration, services: services))
            }
        }
        guard case .texts(let catalog) = try parts[0].get(), case .matcher(let matcher) = try parts[1].get() else {
            preconditionFailure("the parts come in their order")
        }
        composer = ReplyComposer(catalog: catalog, services: services, home: home)
        responder = Responder(
            matcher: matcher,
            composer: composer,
            services: services,
            manners: Manners(configuration.chat),
            desk: desk,
            memory: memory,
            book: book
        )
    }
}
