/// One line of an evidence journal: something that was seen or heard, and when.
public struct JournalEntry: Hashable, Sendable {
    public var at: Timestamp
    public var evidence: Evidence

    public init(at: Timestamp, evidence: Evidence) {
        self.at = at
        self.evidence = evidence
    }

    /// What was seen or heard. Names are as their writer chose them; services need not stand in the catalogue.
    public enum Evidence: Hashable, Sendable {
        /// One of our own probes: an attempt at a target of a service's component, from a place.
        case probe(ProbeSighting)
        /// A target that has nothing to do with any service answered, or did not.
        case canary(target: String, isOK: Bool)
        /// What a provider's official feed says of a service.
        case feed(service: ServiceID, source: String, word: OfficialWord)
        /// What a third-party page says of a service.
        case page(service: ServiceID, source: String, word: PageWord)
        /// What a person says of a service, and where.
        case report(service: ServiceID, who: String, place: String, says: PersonalWord)
    }
}

/// A probe's result as a journal has it.
public struct ProbeSighting: Hashable, Sendable {
    public var service: ServiceID
    public var component: String
    public var target: String
    /// The place from which it was probed.
    public var vantage: String
    public var outcome: ProbeResult.Outcome
    /// Where it failed, was blocked or was slow.
    public var phase: ProbeResult.Phase?
    /// From its start to its end.
    public var milliseconds: Int

    public init(
        service: ServiceID, component: String, target: String, vantage: String, outcome: ProbeResult.Outcome,
        phase: ProbeResult.Phase? = nil, milliseconds: Int = 0
    ) {
        self.service = service
        self.component = component
        self.target = target
        self.vantage = vantage
        self.outcome = outcome
        self.phase = phase
        self.milliseconds = milliseconds
    }
}

/// An official feed's judgement of a service, in the words of Statuspage's indicator.
public enum OfficialWord: String, Sendable, CaseIterable {
    case none, minor, major, critical, maintenance, unknown
}

/// A third-party page's judgement of a service.
public enum PageWord: String, Sendable, CaseIterable {
    case up, down, unknown
}

/// A person who says something of a service.
public struct PersonalVoice: Hashable, Sendable {
    /// The same person is the same text.
    public var who: String
    /// The community in which it was said: a guild, a workspace. What is usual differs from one to another.
    public var place: String
    /// The room of it in which it was said. Who is in it has read what was said before.
    public var room: String
    public var says: PersonalWord

    public init(who: String, place: String, room: String? = nil, says: PersonalWord) {
        self.who = who
        self.place = place
        self.room = room ?? place
        self.says = says
    }
}

/// What a person says of a service.
public enum PersonalWord: String, Sendable, CaseIterable {
    /// It does not work for them.
    case down
    /// It works for them.
    case up
    /// They want to know.
    case asks
}
