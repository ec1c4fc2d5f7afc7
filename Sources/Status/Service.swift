/// A service of the catalogue: what it is called, what to probe, where to send people.
public struct Service: Hashable, Sendable, Identifiable {
    /// Where people get the app and help with it.
    public struct Contacts: Hashable, Sendable {
        /// The official help page.
        public var support: String?
        /// The official status page, where there is one.
        public var statusPage: String?
        /// The App Store listing.
        public var appStore: String?
        /// The Google Play listing.
        public var googlePlay: String?

        public init(support: String? = nil, statusPage: String? = nil, appStore: String? = nil, googlePlay: String? = nil) {
            self.support = support
            self.statusPage = statusPage
            self.appStore = appStore
            self.googlePlay = googlePlay
        }
    }

    public let id: ServiceID
    /// The name as people should read it: “Kik”.
    public var name: String
    /// Every other spelling that people type, lower case, common mistakes included.
    public var aliases: [String]
    /// Words, lower case, that mean this service only where it is the chat's default one: “kick” in a chat about Kik.
    public var uncertainNames: [String]
    /// What to probe; empty for a service of which only its provider's word is known.
    public var components: [Component]
    /// Where its provider says how it is.
    public var feeds: [FeedSource]
    public var contacts: Contacts

    public init(
        id: ServiceID,
        name: String,
        aliases: [String] = [],
        uncertainNames: [String] = [],
        components: [Component],
        feeds: [FeedSource] = [],
        contacts: Contacts = Contacts()
    ) {
        self.id = id
        self.name = name
        self.aliases = aliases
        self.uncertainNames = uncertainNames
        self.components = components
        self.feeds = feeds
        self.contacts = contacts
    }
}

/// A part of a service that can fail on its own.
public struct Component: Hashable, Sendable, Identifiable {
    public let id: String
    /// As it reads in a sentence: “message servers”.
    public var name: String
    /// How much of the service is gone when this is gone: 1 is the heart of it, 0 is shown and never counted.
    public var weight: Double
    public var checks: [Check]

    public init(id: String, name: String, weight: Double, checks: [Check]) {
        self.id = id
        self.name = name
        self.weight = weight
        self.checks = checks
    }
}

/// One question put to a service: does any of these targets answer?
public struct Check: Hashable, Sendable, Identifiable {
    /// Unique within its component: `android`, `ios`.
    public let id: String
    /// Doors to the same thing: one that opens is enough.
    public var anyOf: [Target]
    /// HTTP statuses that mean it works; nil accepts 200 ... 399.
    public var expectedStatus: Set<Int>?
    /// An answer that takes longer is `slow`.
    public var slowAfter: Duration

    public init(id: String, anyOf: [Target], expectedStatus: Set<Int>? = nil, slowAfter: Duration = .seconds(3)) {
        precondition(!anyOf.isEmpty, "a check needs a target")
        self.id = id
        self.anyOf = anyOf
        self.expectedStatus = expectedStatus
        self.slowAfter = slowAfter
    }
}
