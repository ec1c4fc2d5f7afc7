public import Intents
public import Replies
public import Status

/// How the bot behaves in a chat.
public struct Manners: Hashable, Sendable {
    /// Meant when a question names no service and none is being talked about.
    public var defaultService: ServiceID?
    /// Whether questions that were put to nobody are answered.
    public var answersUnaddressed: Bool
    /// How sure of a question the bot must be to answer it where it was put to nobody, 0.5 ... 1.
    public var certainty: Double
    /// The language where there are no texts in the asker's.
    public var language: String

    public init(
        defaultService: ServiceID? = nil,
        answersUnaddressed: Bool = true,
        certainty: Double = IntentMatch.relevanceForChat,
        language: String = ResponseCatalog.base
    ) {
        self.defaultService = defaultService
        self.answersUnaddressed = answersUnaddressed
        self.certainty = certainty
        self.language = language
    }
}

/// What one chat has otherwise than the others; nil is as everywhere.
public struct MannersChange: Hashable, Codable, Sendable {
    public var defaultService: ServiceID?
    /// There is none, wherever others have one.
    public var hasNoDefaultService: Bool?
    public var answersUnaddressed: Bool?
    public var certainty: Double?
    public var language: String?

    public init() {}

    func applied(to manners: Manners) -> Manners {
        Manners(
            defaultService: defaultService ?? (hasNoDefaultService == true ? nil : manners.defaultService),
            answersUnaddressed: answersUnaddressed ?? manners.answersUnaddressed,
            certainty: certainty ?? manners.certainty,
            language: language ?? manners.language)
    }
}

/// The manners of every chat: what holds everywhere, what a community has otherwise, what a place in it has otherwise than that.
public struct MannersByChat: Sendable {
    public var usual: Manners
    /// By the platform's id of a community or a place.
    public var changes: [UInt64: MannersChange]
    /// What the people of a community have set themselves; goes before what holds for all of it.
    public var ownChanges: [UInt64: MannersChange]

    public init(
        usual: Manners = Manners(), changes: [UInt64: MannersChange] = [:], ownChanges: [UInt64: MannersChange] = [:]
    ) {
        self.usual = usual
        self.changes = changes
        self.ownChanges = ownChanges
    }

    /// The same where people have set something themselves, by the platform's id of their community.
    public func with(_ settings: [String: MannersChange]) -> MannersByChat {
        var changed = self
        changed.ownChanges = Dictionary(
            settings.compactMap { id, change in UInt64(id).map { ($0, change) } }, uniquingKeysWith: { first, _ in first })
        return changed
    }

    /// Nil for the usual ones. Asked for every message, so nearly free where no chat has anything otherwise.
    public func manners(in place: UInt64?, of community: UInt64?) -> Manners? {
        guard !changes.isEmpty || !ownChanges.isEmpty else { return nil }
        var manners = usual
        if let community, let change = changes[community] { manners = change.applied(to: manners) }
        if let community, let change = ownChanges[community] { manners = change.applied(to: manners) }
        if let place, let change = changes[place] { manners = change.applied(to: manners) }
        return manners
    }
}
