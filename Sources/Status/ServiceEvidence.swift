public import Timing

/// Everything that is known of one service: what our probes found, what the provider says, what pages say, what people say.
public struct ServiceEvidence: Hashable, Sendable {
    /// A time in which our own probes called the service troubled.
    struct Trouble: Hashable, Sendable {
        var began: Instant
        /// nil while it lasts.
        var ended: Instant?
    }

    /// So many feeds, so many pages and so many places of probes are kept; more are not heard.
    public static let mostSources = 32
    /// A feed that turns red so long after an outage of ours has ended speaks of that outage.
    static let acknowledgement = Duration.seconds(2 * 3_600)
    /// Pages and people speak of an outage for so long after its end.
    static let echo = Duration.seconds(1_800)
    /// Outages shorter than this need not be acknowledged.
    static let worthAcknowledging = Duration.seconds(15 * 60)

    public private(set) var service: Service
    /// By the name of the place.
    public private(set) var probes: [String: ProbeEvidence] = [:]
    /// What the provider's feeds say, by source.
    public private(set) var feeds: [String: Hearsay<OfficialWord>] = [:]
    /// What third-party pages say, by source.
    public private(set) var pages: [String: Hearsay<PageWord>] = [:]
    public private(set) var crowd = Crowd()
    /// How far each feed is believed.
    public private(set) var trust: [String: SourceTrust] = [:]
    private(set) var trouble: Trouble?

    /// Nothing is known yet.
    public init(of service: Service) {
        self.service = service
    }

    /// Takes over the service's new description; checks that did not change keep their results.
    mutating func adopt(_ service: Service) {
        self.service = service
        for place in probes.keys { probes[place]?.adopt(service.components) }
    }

    /// Adds a probe's result.
    ///
    /// - Returns: whether what is believed may have changed.
    public mutating func record(
        _ observation: CheckEvidence.Observation, component: String, check: String, from place: String, _ rhythm: Rhythm
    ) -> Bool {
        guard probes[place] != nil || probes.count < Self.mostSources else { return false }
        let hasChanged = probes[place, default: ProbeEvidence(service.components)]
            .record(observation, component: component, check: check, rhythm)
        if hasChanged { followTrouble(at: observation.at) }
        return hasChanged
    }

    /// Hears a feed.
    public mutating func hear(_ word: OfficialWord, fromFeed source: String, at now: Instant) -> Bool {
        Self.hear(word, from: source, in: &feeds, at: now)
    }

    /// Hears a page.
    public mutating func hear(_ word: PageWord, fromPage source: String, at now: Instant) -> Bool {
        Self.hear(word, from: source, in: &pages, at: now)
    }

    /// Hears a person; see `Crowd.hear`.
    public mutating func hear(_ voice: PersonalVoice, at now: Instant, hour: Int) -> Bool {
        crowd.hear(voice.says, from: voice.who, in: voice.place, room: voice.room, at: now, hour: hour, isOutage: isTroubled)
        return true
    }

    private static func hear<Word>(
        _ word: Word, from source: String, in sources: inout [String: Hearsay<Word>], at now: Instant
    ) -> Bool {
        guard sources[source] != nil else {
            if sources.count < mostSources { sources[source] = Hearsay(word, at: now) }
            return true
        }
        return sources[source]?.hear(word, at: now) ?? false
    }

    /// Whether our own probes call it troubled.
    var isTroubled: Bool { trouble.map { $0.ended == nil } ?? false }

    private mutating func followTrouble(at now: Instant) {
        let isSilent = probes.values.contains { place in
            place.components.contains { $0.component.weight > 0 && $0.checks.values.contains(where: \.isSilent) }
        }
        if isSilent, !isTroubled {
            trouble = Trouble(began: now)
        } else if !isSilent, var over = trouble, over.ended == nil {
            over.ended = now
            trouble = over
            if over.began.duration(to: now) >= Self.worthAcknowledging { judgeFeeds(by: over.began) }
        }
    }

    private mutating func judgeFeeds(by began: Instant) {
        for (source, said) in feeds {
            let hasAdmitted = said.word.isTrouble
            trust[source, default: SourceTrust()].note(delay: hasAdmitted ? max(.zero, began.duration(to: said.since)) : nil)
        }
    }

    /// Whether a feed's red word only acknowledges, late, what our probes have seen begin and end.
    func isLate(_ said: Hearsay<OfficialWord>) -> Bool {
        guard let trouble, let ended = trouble.ended else { return false }
        return said.since >= trouble.began && said.since <= ended.advanced(by: Self.acknowledgement)
    }

    /// Whether pages and people may still speak of a trouble that our probes have seen end.
    func isAftermath(at now: Instant) -> Bool {
        trouble?.ended.map { $0.duration(to: now) <= Self.echo } ?? false
    }

    /// When the newest evidence of any family came in.
    var newest: Instant? {
        let ofProbes = probes.values.flatMap(\.components).compactMap(\.newest).max()
        return [ofProbes, feeds.values.map(\.heard).max(), pages.values.map(\.heard).max(), crowd.voices.last?.at]
            .compactMap(\.self).max()
    }
}

extension OfficialWord {
    /// Whether it admits that something is wrong.
    var isTrouble: Bool {
        switch self {
        case .minor, .major, .critical: true
        case .none, .maintenance, .unknown: false
        }
    }
}
