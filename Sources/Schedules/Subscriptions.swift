public import Status

/// Who wants to be told of what: people once or from now on, places for all who are in them.
///
/// Told are two things only: that a service has gone down, and that it is back. What lies between them, and what nobody knows, is no
/// news; nor is the same news twice. Bounded: beyond the quotas nothing is taken, and whoever asks is told so.
public struct Subscriptions: Codable, Equatable, Sendable {
    static let mostForPerson = 25
    static let mostForCommunity = 200
    static let mostInAll = 50_000

    /// Who is told.
    public enum Listener: Codable, Hashable, Sendable {
        /// In private, by the platform's id.
        case person(String)
        /// Everybody in a place; with the community that it belongs to.
        case place(String, community: String)
    }

    /// How long.
    public enum Term: String, Codable, Sendable {
        /// Until the service is back, told once.
        case once
        case standing
    }

    public struct Subscription: Codable, Hashable, Sendable {
        public var listener: Listener
        public var service: ServiceID
        public var term: Term
        /// A BCP 47 tag.
        public var language: String
        /// Whether the last that was told, or seen when they subscribed, is that it is down.
        var knowsOfTrouble: Bool
    }

    /// What comes of a wish to be told.
    public enum Outcome: Equatable, Sendable {
        case added, already, tooMany
    }

    /// Something to tell.
    public struct Notice: Equatable, Sendable {
        public var subscription: Subscription
        public var isBack: Bool
        /// Nothing more will be told.
        public var isLast: Bool { subscription.term == .once }
    }

    private var subscriptions: [Subscription] = []

    public init() {}

    public var count: Int { subscriptions.count }

    /// - Parameter state: what is believed of the service now: what they know already is no news to them.
    public mutating func add(
        _ listener: Listener, to service: ServiceID, _ term: Term, state: Verdict.State, language: String
    ) -> Outcome {
        if let index = subscriptions.firstIndex(where: { $0.listener == listener && $0.service == service }) {
            // Who wishes for more than before gets it.
            if term == .standing, subscriptions[index].term == .once {
                subscriptions[index].term = .standing
                subscriptions[index].knowsOfTrouble = state.isOutage
                return .added
            }
            // Who listens anyway, and asks to be told when it is back, is told so even where it was no outage.
            if term == .once { subscriptions[index].knowsOfTrouble = true }
            return .already
        }
        guard subscriptions.count < Self.mostInAll, subscriptions.count(where: { $0.listener.shares(listener) }) < listener.quota
        else { return .tooMany }
        subscriptions.append(
            Subscription(
                listener: listener, service: service, term: term, language: language,
                knowsOfTrouble: term == .once || state.isOutage))
        return .added
    }

    /// Whether there was something to end.
    public mutating func remove(_ listener: Listener, from service: ServiceID) -> Bool {
        let before = subscriptions.count
        subscriptions.removeAll { $0.listener == listener && $0.service == service }
        return subscriptions.count < before
    }

    /// Ends all of a listener who cannot be reached any more.
    public mutating func remove(_ listener: Listener) {
        subscriptions.removeAll { $0.listener == listener }
    }

    public func contains(_ listener: Listener, _ service: ServiceID) -> Bool {
        subscriptions.contains { $0.listener == listener && $0.service == service }
    }

    /// Whether they will be told when it is back.
    public func awaitsReturn(_ listener: Listener, of service: ServiceID) -> Bool {
        subscriptions.contains { $0.listener == listener && $0.service == service && $0.knowsOfTrouble }
    }

    /// What is told in the places of a community, in the order in which it was asked for.
    public func inCommunity(_ community: String) -> [Subscription] {
        subscriptions.filter { if case .place(_, community) = $0.listener { true } else { false } }
    }

    /// Whom to tell of a service that is now believed to be in a state. They stay due until they were told.
    public func due(_ service: ServiceID, in state: Verdict.State) -> [Notice] {
        guard state == .up || state.isOutage else { return [] }
        return subscriptions.filter { $0.service == service && $0.knowsOfTrouble == (state == .up) }.map {
            Notice(subscription: $0, isBack: state == .up)
        }
    }

    /// They have been told.
    public mutating func told(_ notice: Notice) {
        let told = notice.subscription
        guard let index = subscriptions.firstIndex(where: { $0.listener == told.listener && $0.service == told.service }) else {
            return
        }
        if notice.isBack, subscriptions[index].term == .once {
            subscriptions.remove(at: index)
        } else {
            subscriptions[index].knowsOfTrouble = !notice.isBack
        }
    }
}

extension Subscriptions.Listener {
    fileprivate var quota: Int {
        switch self {
        case .person: Subscriptions.mostForPerson
        case .place: Subscriptions.mostForCommunity
        }
    }

    /// Whether both count against one quota.
    fileprivate func shares(_ other: Self) -> Bool {
        switch (self, other) {
        case (.person(let one), .person(let two)): one == two
        case (.place(_, let one), .place(_, let two)): one == two
        case (.person, .place), (.place, .person): false
        }
    }
}

extension Verdict.State {
    /// Bad enough to tell people who do not look.
    public var isOutage: Bool {
        switch self {
        case .down, .partial: true
        case .up, .degraded, .maintenance, .unknown: false
        }
    }
}
