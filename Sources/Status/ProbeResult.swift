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
        detail: String = ""
    ) {
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
}
