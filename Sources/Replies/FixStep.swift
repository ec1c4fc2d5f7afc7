/// One thing that people can try, as `fixes/<id>.md` describes it.
public struct FixStep: Hashable, Sendable, Identifiable {
    /// What a step takes away.
    public enum Erasure: String, Sendable, CaseIterable {
        case nothing
        /// Copies that come back by themselves.
        case cache
        /// The app itself; what it stored stays.
        case app
        /// What the app stored on the device: chats, login, settings.
        case chats
    }

    /// The rungs of the ladder, from looking (0) to reinstalling (9).
    public static let levels = 0...9

    /// The file's name without `.md`; symptoms list steps by it.
    public let id: String
    /// The rung on which it stands: the higher, the more it costs.
    public var level: Int
    /// Where it can be done; empty means everywhere.
    public var platforms: Set<Platform>
    /// How long it takes, in minutes.
    public var minutes: Int
    public var erases: Erasure
    /// Which causes it may cure.
    public var helps: Set<Cause>
    /// Whether the app has to be fetched from its store afterwards, so its text sends people to the listing first.
    public var needsStore: Bool

    public init(
        id: String,
        level: Int,
        platforms: Set<Platform> = [],
        minutes: Int,
        erases: Erasure = .nothing,
        helps: Set<Cause> = [],
        needsStore: Bool = false
    ) {
        self.id = id
        self.level = level
        self.platforms = platforms
        self.minutes = minutes
        self.erases = erases
        self.helps = helps
        self.needsStore = needsStore
    }

    /// Takes away something that may not come back, so its text names the loss first.
    public var isDestructive: Bool {
        erases == .app || erases == .chats
    }

    /// Whether it can be done on any of `available`.
    func exists(onAnyOf available: Set<Platform>) -> Bool {
        platforms.isEmpty || !platforms.isDisjoint(with: available)
    }
}
