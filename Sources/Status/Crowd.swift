public import Timing

#if canImport(Glibc)
    import Glibc
#endif

/// What people say of one service, as distinct people against what is usual.
///
/// Reports and questions come as a Poisson process while all is well, with a mean that depends on the hour of the week and the place. So
/// many distinct people in a quarter of an hour that this is improbable say something. A person counts once in an incident. Who spoke after
/// somebody else in the same room may only have been prompted, and counts less. Across places only numbers are kept.
///
/// Two people are enough to look again (`wantsLook`), never to say anything: with a thousand places, two askers by chance are an everyday
/// matter, three are rare.
public struct Crowd: Hashable, Sendable {
    /// How long a word counts.
    public static let window = Duration.seconds(900)
    /// So many people are kept; those who spoke first give way.
    public static let mostVoices = 512
    /// So many places have a baseline of their own; all others share one.
    public static let mostPlaces = 1_024
    /// What a person counts who may have been prompted.
    static let prompted = 0.3
    /// What is usual where nothing is known: two questions a day, in a quarter of an hour.
    static let usual = 0.02
    /// How much a new window changes the baseline.
    static let learning = 0.05

    struct Voice: Hashable, Sendable {
        var who: String
        var place: String
        var room: String
        var says: PersonalWord
        var at: Instant
        /// 0 ... 1.
        var weight: Double
    }

    /// What people say now.
    public struct Standing: Hashable, Sendable {
        /// Distinct people who report or ask, those who may have been prompted at less.
        public var troubled = 0.0
        /// Distinct people who report or ask, each counted once.
        public var people = 0
        /// Distinct people for whom it works.
        public var content = 0
        /// How probable it is that so many speak up while all is well.
        public var chance = 1.0

        /// Enough to look at the service again at once.
        public var wantsLook: Bool { people >= 2 }
        /// Hardly chance, and not one person's doing.
        public var isSignificant: Bool { people >= 3 && chance < 1e-5 && content * 2 <= people }
        /// So many that they are believed even where our own probes are answered.
        public var isOverwhelming: Bool { isSignificant && troubled >= 8 && chance < 1e-9 }
    }

    private(set) var voices: [Voice] = []
    private var baselines: [String: Baseline] = [:]
    private var shared = Baseline()
    /// The hour of the week in which somebody spoke last.
    private var hour = 0
    /// The end of the window that the baseline learns from next.
    private var learnsAt: Instant?

    public init() {}

    /// Hears a person.
    ///
    /// - Parameters:
    ///   - who: the same person is the same text.
    ///   - place: the community in which it was said.
    ///   - room: the room of it; the place where it has none.
    ///   - hour: of the week, 0 ... 167.
    ///   - isOutage: nothing is learnt about what is usual while something is wrong.
    public mutating func hear(
        _ says: PersonalWord, from who: String, in place: String, room: String? = nil, at now: Instant, hour: Int, isOutage: Bool
    ) {
        self.hour = hour
        learn(at: now, hour: hour, isOutage: isOutage)
        forget(before: now)
        // Their newest word holds, with the weight of their first.
        if let known = voices.firstIndex(where: { $0.who == who }) {
            voices[known].at = now
            // Whoever has reported and now asks still has the trouble.
            if says != .asks || voices[known].says == .up { voices[known].says = says }
            return
        }
        let room = room ?? place
        let isPrompted = voices.contains { $0.place == place && $0.room == room && $0.says != .up }
        voices.append(Voice(who: who, place: place, room: room, says: says, at: now, weight: isPrompted ? Self.prompted : 1))
        if voices.count > Self.mostVoices { voices.removeFirst() }
    }

    /// What people have said within the window before `now`.
    public func standing(at now: Instant) -> Standing {
        var standing = Standing()
        guard !voices.isEmpty else { return standing }
        var places: Set<String> = []
        for voice in voices where voice.at.duration(to: now) <= Self.window {
            if voice.says == .up {
                standing.content += 1
            } else {
                standing.people += 1
                standing.troubled += voice.weight
                places.insert(voice.place)
            }
        }
        let usual = places.reduce(0) { $0 + baseline(of: $1, hour: hour) }
        standing.chance = Self.tail(atLeast: standing.troubled, mean: max(usual, Self.usual))
        return standing
    }

    private func baseline(of place: String, hour: Int) -> Double {
        (baselines[place] ?? shared).mean(hour)
    }

    private mutating func forget(before now: Instant) {
        voices.removeAll { $0.at.duration(to: now) > Self.window }
    }

    /// A window has gone by: what was said in it is what is usual at this hour, unless something was wrong.
    private mutating func learn(at now: Instant, hour: Int, isOutage: Bool) {
        guard let end = learnsAt else {
            learnsAt = now.advanced(by: Self.window)
            return
        }
        guard now >= end else { return }
        learnsAt = now.advanced(by: Self.window)
        guard !isOutage else { return }
        let counts = Dictionary(grouping: voices.filter { $0.says != .up }, by: \.place).mapValues { Double($0.count) }
        shared.learn(counts.isEmpty ? 0 : counts.values.reduce(0, +) / Double(counts.count), hour)
        for place in Set(baselines.keys).union(counts.keys) where baselines[place] != nil || baselines.count < Self.mostPlaces {
            baselines[place, default: Baseline()].learn(counts[place] ?? 0, hour)
        }
    }

    /// The probability that a Poisson variable of this mean is at least `count`; between two whole numbers it is interpolated in its
    /// logarithm.
    static func tail(atLeast count: Double, mean: Double) -> Double {
        let low = tail(atLeast: Int(count.rounded(.down)), mean: mean)
        let high = tail(atLeast: Int(count.rounded(.up)), mean: mean)
        let share = count - count.rounded(.down)
        return exp(log(low) * (1 - share) + log(high) * share)
    }

    private static func tail(atLeast count: Int, mean: Double) -> Double {
        guard count > 0 else { return 1 }
        // From the first term on: one minus the head would lose what is small.
        var term = exp(-mean)
        for index in 1...count { term *= mean / Double(index) }
        var sum = 0.0
        var index = count
        while index < count + 1_000, term > sum * 1e-12 || sum == 0 {
            sum += term
            index += 1
            term *= mean / Double(index)
            if term < 1e-300 { break }
        }
        return min(1, max(sum, 1e-300))
    }
}

/// The usual number of distinct people in a window, by the hour of the week.
private struct Baseline: Hashable, Sendable {
    private var means = [Float](repeating: Float(Crowd.usual), count: 168)

    func mean(_ hour: Int) -> Double {
        means.indices.contains(hour) ? Double(means[hour]) : Crowd.usual
    }

    mutating func learn(_ count: Double, _ hour: Int) {
        guard means.indices.contains(hour) else { return }
        means[hour] += Float(Crowd.learning) * (Float(count) - means[hour])
    }
}
