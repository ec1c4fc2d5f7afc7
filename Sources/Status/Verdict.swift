public import Timing

/// What we believe about a service, how sure we are, and why.
public struct Verdict: Hashable, Sendable {
    /// The belief itself, in the words of the evidence journal.
    public enum State: String, Sendable, CaseIterable {
        case up, degraded, partial, down, maintenance, unknown
    }

    /// Whom it concerns.
    public enum Scope: String, Sendable, CaseIterable {
        case everyone, some, region, you, unclear
    }

    public var state: State
    public var scope: Scope
    /// 0 ... 1: how sure we are that `state` is right.
    public var confidence: Double
    /// When the newest evidence came in; nil when there is none.
    public var observed: Instant?
    /// What speaks for it, strongest first.
    public var because: [Reason]
    /// What speaks against it, strongest first.
    public var against: [Reason]

    /// Whether it goes up and down, so that a change back would tell nobody anything.
    public var isUnstable: Bool {
        (because + against).contains { if case .unstable = $0 { true } else { false } }
    }

    public init(
        state: State,
        scope: Scope,
        confidence: Double,
        observed: Instant? = nil,
        because: [Reason] = [],
        against: [Reason] = []
    ) {
        self.state = state
        self.scope = scope
        self.confidence = confidence
        self.observed = observed
        self.because = because
        self.against = against
    }
}

/// One piece of a verdict's explanation, as data: the sentence for it stands in `Responses/`.
public enum Reason: Hashable, Sendable {
    /// A component answers; the time is the median of its recent answers.
    case answers(component: String, milliseconds: Int)
    /// A component answers, but slowly.
    case slow(component: String, milliseconds: Int)
    /// A component answers and refuses us, which says nothing about other people.
    case blocked(component: String)
    /// A component did not answer; `phase` is where the newest probe ended, the counts are of the recent probes.
    case silent(component: String, phase: ProbeResult.Phase, failed: Int, of: Int)
    /// One way into a component fails while another answers (only Android's servers, say).
    case partlySilent(component: String, check: String)
    /// It was silent and answers again, which a few more answers must confirm.
    case recovering(component: String)
    /// A component answers over one family of addresses and not over the other, which most devices do not notice.
    case familySilent(component: String, family: ProbeResult.Family)
    /// A component goes up and down: it has changed so often within the last 21 looks.
    case unstable(component: String, changes: Int)
    /// What the provider's own feed says.
    case official(source: String, word: OfficialWord)
    /// So many third-party pages say that it is down, of those that say anything.
    case pages(down: Int, of: Int)
    /// So many distinct people say lately that it does not work for them, or ask.
    case people(count: Int)
    /// It fails from so many of the places from which we probe.
    case places(failing: Int, of: Int)
    /// It failed just now, and we have not confirmed it yet.
    case unconfirmed(component: String)
    /// So many of the unrelated canaries fail that it is our own network that is gone.
    case blind(failed: Int, of: Int)
    /// The newest evidence is older than we trust.
    case stale
    /// Nothing has been looked at yet.
    case noEvidence
}
