public import Timing

/// How often people may have us look at pages that they name. Without it the bot would be a way to knock on somebody's door in our name.
///
/// Each person, each place (a guild, a workspace) and everybody together has an allowance of its own; a look counts against all three,
/// and is granted when all three allow it. Looks that are refused count against none. What is remembered is one instant for each who has
/// not been idle, and the allowance of everybody bounds how many those can be: with the defaults some hundreds.
public struct AdHocQuota: Sendable {
    /// So many looks at once, after a rest; then one for every interval.
    public struct Allowance: Hashable, Sendable {
        /// At least 1.
        public var atOnce: Int
        /// More than zero.
        public var interval: Duration

        public init(atOnce: Int, interval: Duration) {
            precondition(atOnce > 0 && interval > .zero, "an allowance allows something")
            self.atOnce = atOnce
            self.interval = interval
        }
    }

    /// Whose allowance is used up.
    public enum Level: Hashable, Sendable {
        case person, place, everybody
    }

    public enum Answer: Hashable, Sendable {
        case granted
        /// Not before so long.
        case wait(Duration, for: Level)
    }

    /// For everybody, the instant by which all looks so far will have been earned (GCRA, ITU-T I.371); in the past after a rest.
    private var everybody = Instant.origin
    private var people: [String: Instant] = [:]
    private var places: [String: Instant] = [:]
    private let perPerson: Allowance
    private let perPlace: Allowance
    private let altogether: Allowance

    /// - Parameters:
    ///   - perPerson: enough to look at a page, its www and a friend's; then one a minute.
    ///   - perPlace: a group that wonders together, without one that plays with it.
    ///   - altogether: each look may hold a connection for ten seconds, so these are about forty at a time.
    public init(
        perPerson: Allowance = Allowance(atOnce: 3, interval: .seconds(60)),
        perPlace: Allowance = Allowance(atOnce: 10, interval: .seconds(10)),
        altogether: Allowance = Allowance(atOnce: 30, interval: .seconds(1))
    ) {
        self.perPerson = perPerson
        self.perPlace = perPlace
        self.altogether = altogether
    }

    /// How many people and places are remembered.
    public var remembered: Int { people.count + places.count }

    /// Whether a person in a place, nil for a direct message, may have us look now; counts the look when it is granted.
    public mutating func ask(person: String, place: String?, at now: Instant) -> Answer {
        let asked: [(Level, Instant?, Allowance)] = [
            (.person, people[person], perPerson), (.place, place.flatMap { places[$0] }, perPlace),
            (.everybody, everybody, altogether),
        ]
        let waits = asked.map { level, earned, allowance in (level, allowance.wait(earned ?? now, at: now)) }
        // The longest wait, and of equal ones the asker's own.
        if let longest = waits.max(by: { $0.1 < $1.1 })?.1, longest > .zero,
            let level = waits.first(where: { $0.1 == longest })?.0
        {
            return .wait(longest, for: level)
        }
        forgetIdle(at: now)
        people[person] = perPerson.charged(people[person], at: now)
        if let place { places[place] = perPlace.charged(places[place], at: now) }
        everybody = altogether.charged(everybody, at: now)
        return .granted
    }

    /// Who has earned all looks is like one who never asked.
    private mutating func forgetIdle(at now: Instant) {
        people = people.filter { $0.value > now }
        places = places.filter { $0.value > now }
    }
}

extension AdHocQuota.Allowance {
    fileprivate func wait(_ earned: Instant, at now: Instant) -> Duration {
        max(.zero, now.duration(to: earned) - interval * (atOnce - 1))
    }

    fileprivate func charged(_ earned: Instant?, at now: Instant) -> Instant {
        max(earned ?? now, now).advanced(by: interval)
    }
}
