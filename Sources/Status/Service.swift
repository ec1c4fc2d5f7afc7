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

    /// That it is no more.
    public struct Retirement: Hashable, Sendable {
        /// The day on which it was closed, in a form that reads in every language: `2025-05-05`.
        public var on: String
        /// What took its place, by name.
        public var successor: String?

        public init(on: String, successor: String? = nil) {
            self.on = on
            self.successor = successor
        }
    }

    public let id: ServiceID
    /// The name as people should read it: “Kik”.
    public var name: String
    /// Every other spelling that people type, lower case, common mistakes included.
    public var aliases: [String]
    /// Ordinary words, lower case, that mean this service only beside words such as “app” or “down”: `line`, `signal`, `tg`. Its name may be
    /// one of them.
    public var contextNames: [String]
    /// Words, lower case, that mean this service only where it is the chat's default one: “kick” in a chat about Kik.
    public var uncertainNames: [String]
    /// What to probe; empty for a service of which only its provider's word is known.
    public var components: [Component]
    /// Where its provider says how it is.
    public var feeds: [FeedSource]
    /// Who else watches it.
    public var pages: [PageSource]
    public var contacts: Contacts
    /// nil for one that goes on. What is no more is neither probed nor waited for.
    public var retirement: Retirement?

    public init(
        id: ServiceID,
        name: String,
        aliases: [String] = [],
        contextNames: [String] = [],
        uncertainNames: [String] = [],
        components: [Component],
        feeds: [FeedSource] = [],
        pages: [PageSource] = [],
        contacts: Contacts = Contacts(),
        retirement: Retirement? = nil
    ) {
        self.retirement = retirement
        self.id = id
        self.name = name
        self.aliases = aliases
        self.contextNames = contextNames
        self.uncertainNames = uncertainNames
        self.components = components
        self.feeds = feeds
        self.pages = pages
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
