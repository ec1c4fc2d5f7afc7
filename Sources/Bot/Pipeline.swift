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
        case examples([TrainingExample])
        case services([Service])
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
        // Reading them is half of a start; learning from the examples, which uses all processors itself, the other.
        let parts = inParallel(3) { part in
            Result { () throws(Mistakes) in
                switch part {
                case 0: Part.texts(try installation.responses(configuration))
                case 1: Part.examples(try installation.examples(configuration))
                default: Part.services(try installation.services(configuration))
                }
            }
        }
        guard case .services(let services) = try parts[2].get(), case .texts(let catalog) = try parts[0].get(),
            case .examples(let examples) = try parts[1].get()
        else { preconditionFailure("the parts come in their order") }
        try configuration.chat.checkDefaultService(among: services)
        self.services = services
        let matcher = IntentMatcher(examples: examples, services: try installation.index(of: services))
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
