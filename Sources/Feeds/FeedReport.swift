public import Status

/// What an official feed says, in one form for all of them.
public struct FeedReport: Hashable, Sendable {
    /// Something is wrong and not over.
    public struct Incident: Hashable, Sendable {
        public var id: String
        public var title: String
        /// The phase in the feed's own word, in lower case: investigating, identified, monitoring.
        public var status: String
        /// How bad it is, where the feed says so.
        public var verdict: FeedVerdict?
        public var began: Timestamp?
    }

    /// A part of what the feed speaks of; rows that only group others are none.
    public struct Component: Hashable, Sendable {
        public var id: String
        public var name: String
        public var verdict: FeedVerdict
        /// As the feed says it.
        public var word: String
    }

    /// Planned work that is announced or going on.
    public struct Maintenance: Hashable, Sendable {
        public var id: String
        public var title: String
        /// In the feed's own word, in lower case.
        public var status: String
        public var isRunning: Bool
        public var begins: Timestamp?
        public var ends: Timestamp?
    }

    public var kind: FeedKind?
    public var verdict: FeedVerdict
    public var incidents: [Incident]
    public var components: [Component]
    public var maintenances: [Maintenance]
    /// The words that nobody here knows, and how often each stood there.
    public var unknownWords: [String: Int]

    public init(
        kind: FeedKind? = nil, verdict: FeedVerdict = .unknown, incidents: [Incident] = [], components: [Component] = [],
        maintenances: [Maintenance] = [], unknownWords: [String: Int] = [:]
    ) {
        self.kind = kind
        self.verdict = verdict
        self.incidents = incidents
        self.components = components
        self.maintenances = maintenances
        self.unknownWords = unknownWords
    }
}
