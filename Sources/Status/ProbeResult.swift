/// What came of one probe of one target. A failed probe is a result, never an error.
public struct ProbeResult: Hashable, Sendable {
    /// How the probe ended, in the words of the evidence journal.
    public enum Outcome: String, Sendable, CaseIterable {
        /// It answered as expected.
        case ok
        /// It answered as expected, but took longer than its limit.
        case slow
        /// It answered, and refused *us*: 401, 403, 407, 429, 451 or a challenge page. Says nothing about other people.
        case blocked
        /// It did not answer, or not as expected.
        case failed
    }

    /// The steps of a probe, in order.
    public enum Phase: String, Sendable, CaseIterable {
        case dns, connect, tls, `protocol`, http
    }

    /// How long each phase took, each measured from the end of the phase before it; nil for phases that were not reached. The phase in
    /// which a probe failed has the time until then.
    public struct Phases: Hashable, Sendable {
        public var dns: Duration?
        public var connect: Duration?
        public var tls: Duration?
        public var http: Duration?

        public init(dns: Duration? = nil, connect: Duration? = nil, tls: Duration? = nil, http: Duration? = nil) {
            self.dns = dns
            self.connect = connect
            self.tls = tls
            self.http = http
        }
    }

    /// What the server's certificate says.
    public struct Certificate: Hashable, Sendable {
        /// The subject's common name, or the whole subject where it has none.
        public var subject: String
        /// The issuer's common name, or the whole issuer where it has none.
        public var issuer: String
        /// Days until it expires, rounded down; negative once it has.
        public var daysLeft: Int

        public init(subject: String, issuer: String, daysLeft: Int) {
            self.subject = subject
            self.issuer = issuer
            self.daysLeft = daysLeft
        }
    }

    /// The two kinds of addresses that a name can have.
    public enum Family: String, Sendable, CaseIterable {
        case v4, v6
    }

    /// What came of one of the two families, where a name has addresses of both and we can reach both.
    public struct Leg: Hashable, Sendable {
        public var outcome: Outcome
        public var phase: Phase?
        public var total: Duration
        public var address: String?
        public var detail: String

        public init(_ result: ProbeResult) {
            outcome = result.outcome
            phase = result.phase
            total = result.total
            address = result.address
            detail = result.detail
        }
    }

    /// What resolvers elsewhere, asked over HTTPS, make of a name that the system's own was asked for.
    public enum SecondOpinion: String, Sendable, CaseIterable {
        /// They find it, too.
        case agrees = "found elsewhere too"
        /// They find it, and the system's own resolver does not: the fault is ours.
        case foundElsewhere = "found elsewhere only"
        /// The system's own resolver finds it and they do not.
        case foundHereOnly = "found here only"
        /// Nobody finds it: there is no such name, or it has no address.
        case noSuchName = "no such name"
        /// The servers that have to know the name do not answer those who ask for us, either (SERVFAIL; RFC 1035, 4.1.1).
        case nameServersFail = "its name servers fail"
        /// None of them could be asked.
        case unavailable = "no second opinion"
    }

    public var target: Target
    public var outcome: Outcome
    /// The phase in which it failed, was blocked or was slow; nil when all went well.
    public var phase: Phase?
    public var phases: Phases
    /// From start to end.
    public var total: Duration
    /// The address that was dialled, once known.
    public var address: String?
    /// The HTTP status, once there was one.
    public var status: Int?
    public var certificate: Certificate?
    /// Both families, where both were dialled; the result itself is the better of the two.
    public var families: [Family: Leg] = [:]
    /// nil where nobody else was asked.
    public var secondOpinion: SecondOpinion?
    /// What happened, one clause in the words of the library, for operators. Empty when all went well.
    public var detail: String

    public init(
        target: Target,
        outcome: Outcome,
        phase: Phase? = nil,
        phases: Phases = Phases(),
        total: Duration,
        address: String? = nil,
        status: Int? = nil,
        certificate: Certificate? = nil,
        secondOpinion: SecondOpinion? = nil,
        detail: String = ""
    ) {
        self.secondOpinion = secondOpinion
        self.target = target
        self.outcome = outcome
        self.phase = phase
        self.phases = phases
        self.total = total
        self.address = address
        self.status = status
        self.certificate = certificate
        self.detail = detail
    }

    /// How far it got, to tell the best of several: an answer beats a refusal, which beats every failure.
    public var progress: Int {
        switch outcome {
        case .ok: 100
        case .slow: 90
        case .blocked: 80
        case .failed: phase.flatMap { Phase.allCases.firstIndex(of: $0) } ?? -1
        }
    }

    /// A family that did not answer while the other one did: what happy eyeballs (RFC 8305) would hide.
    public var deadFamily: Family? {
        guard outcome != .failed else { return nil }
        return Family.allCases.first { families[$0]?.outcome == .failed }
    }
}
