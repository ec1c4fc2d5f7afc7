public import Status
public import Timing

/// What was answered in each place a moment ago: a question that many ask gets one answer, and “is it back?” has something to be about.
///
/// Bounded: of too many places the ones that are silent longest are forgotten, of too many topics in one the oldest.
public struct RecentAnswers: Sendable {
    /// For so long an answer stands for all who ask the same.
    public static let repetition = Duration.seconds(180)
    /// For so long what was answered last is what people talk about.
    public static let attention = Duration.seconds(300)
    static let mostPlaces = 4_096
    static let mostTopics = 8

    /// What an answer is about.
    public struct Topic: Hashable, Sendable {
        var wanted: ReplyRequest
        var services: [ServiceID]

        public init(_ wanted: ReplyRequest, about services: [ServiceID]) {
            self.wanted = wanted
            self.services = services
        }
    }

    private struct Given {
        var topic: Topic
        var states: [Verdict.State]
        var at: Instant
    }

    private struct Place {
        /// The oldest first.
        var given: [Given] = []
        var last = Instant.origin
        var subject: ServiceID?
        /// What was answered about, the latest first, for as long as the place is remembered.
        var services: [ServiceID] = []
    }

    private var places: [String: Place] = [:]

    /// Nothing was answered yet.
    public init() {}

    /// How many places are remembered.
    var count: Int { places.count }

    /// Whether an answer is to be given, which is then remembered; false where the same was given here a moment ago and the services are
    /// still as they were.
    ///
    /// While a service has trouble, how it is and what to try get the same answer. An answer that was held back does not prolong the one
    /// that stands.
    ///
    /// - Parameters:
    ///   - states: of the topic's services.
    ///   - isOwed: the answer is given in any case, and stands for later ones.
    public mutating func give(_ topic: Topic, states: [Verdict.State], in place: String, at now: Instant, isOwed: Bool) -> Bool {
        var topic = topic
        if case .fixes = topic.wanted, states.contains(where: { $0 != .up }) { topic.wanted = .status }
        var here = places[place] ?? Place()
        here.given.removeAll { $0.at.duration(to: now) > Self.repetition }
        let standing = here.given.firstIndex { $0.topic == topic }
        if let standing, !isOwed, here.given[standing].states == states { return false }
        if let standing { here.given.remove(at: standing) }
        here.given.append(Given(topic: topic, states: states, at: now))
        if here.given.count > Self.mostTopics { here.given.removeFirst() }
        here.last = now
        if let subject = topic.services.first {
            here.subject = subject
            here.services.removeAll { $0 == subject }
            here.services.insert(subject, at: 0)
            if here.services.count > Self.mostTopics { here.services.removeLast() }
        }
        if places[place] == nil, places.count >= Self.mostPlaces { forgetHalf() }
        places[place] = here
        return true
    }

    /// The service that people in a place talk about; nil where nothing was answered in the last minutes.
    public func subject(of place: String, at now: Instant) -> ServiceID? {
        guard let here = places[place], here.last.duration(to: now) <= Self.attention else { return nil }
        return here.subject
    }

    /// The services that were answered about in a place, the latest first.
    public func services(in place: String) -> [ServiceID] {
        places[place]?.services ?? []
    }

    /// Half at once, so that a crowd of places does not have each new one search all others.
    private mutating func forgetHalf() {
        let silent = places.sorted { $0.value.last < $1.value.last }.prefix(Self.mostPlaces / 2)
        for (place, _) in silent { places[place] = nil }
    }
}
