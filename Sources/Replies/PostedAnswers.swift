public import Status
public import Timing

/// The answers of the last minutes, where they stand: those about a service whose state has changed are to be put right.
///
/// Bounded: of too many the oldest are left as they are.
public struct PostedAnswers<Place: Hashable & Sendable>: Sendable {
    /// For so long an answer is kept right: an interaction's can be edited no longer, and further up nobody reads any more.
    public static var lifetime: Duration { .seconds(15 * 60 - 10) }
    static var most: Int { 5_000 }
    /// A message that changes all the time is read by nobody.
    static var mostEdits: Int { 6 }
    /// What stands further up in a room is scrolled away, and each edit takes a turn from somebody's answer.
    static var mostInRoom: Int { 3 }

    /// An answer and where it stands.
    public struct Posted: Hashable, Sendable {
        public var place: Place
        /// Where people read it, by the platform's id.
        public var room: String
        public var wanted: ReplyRequest
        public var services: [ServiceID]
        public var language: String
        /// What it says of each service.
        public var states: [Verdict.State]
        /// What of it is a guess, as `ReplyComposer` words it.
        public var isGuess: Bool
        public var offersMore: Bool
        public var at: Instant
        var edits = 0

        public init(
            place: Place, room: String, wanted: ReplyRequest, services: [ServiceID], language: String, states: [Verdict.State],
            isGuess: Bool = false, offersMore: Bool = false, at: Instant
        ) {
            self.place = place
            self.room = room
            self.wanted = wanted
            self.services = services
            self.language = language
            self.states = states
            self.isGuess = isGuess
            self.offersMore = offersMore
            self.at = at
        }
    }

    /// The oldest first.
    private var posted: [Posted] = []

    /// Nothing was answered yet.
    public init() {}

    public var count: Int { posted.count }

    /// An answer stands there now, instead of any before it.
    public mutating func note(_ answer: Posted, at now: Instant) {
        posted.removeAll { $0.at.duration(to: now) > Self.lifetime || $0.place == answer.place }
        let standing = posted.indices.filter { posted[$0].room == answer.room && posted[$0].services == answer.services }
        if standing.count >= Self.mostInRoom, let oldest = standing.first { posted.remove(at: oldest) }
        if posted.count >= Self.most { posted.removeFirst(Self.most / 10) }
        posted.append(answer)
    }

    /// A service is in another state: the answers that say otherwise.
    public mutating func changed(_ service: ServiceID, to state: Verdict.State, at now: Instant) -> [Posted] {
        posted.removeAll { $0.at.duration(to: now) > Self.lifetime }
        var wrong: [Posted] = []
        for index in posted.indices {
            guard let place = posted[index].services.firstIndex(of: service), posted[index].states[place] != state,
                posted[index].edits < Self.mostEdits
            else { continue }
            posted[index].states[place] = state
            posted[index].edits += 1
            wrong.append(posted[index])
        }
        return wrong
    }
}
