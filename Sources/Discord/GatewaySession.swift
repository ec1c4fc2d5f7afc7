public import Timing

/// One shard's life on Discord's gateway, without a socket: what happened goes in, orders come out.
///
///     idle → awaitingAddress → dialing → awaitingHello → connected(resuming) ─────────────────────────→ connected(ready)
///                                 ↑           │              └ connected(awaitingPermit) → (identifying) ─────↑
///                                 │           ↓                        │
///                            backingOff ← closing ←────────────────────┘ (from every state with a connection)
///
/// - `idle` leaves with `start`; `stopped` is left never.
/// - `awaitingAddress` is entered when no main address is known, or the known one stopped working.
/// - `dialing` goes to the resume host while there is a session and that host works, else to the main host.
/// - `closing` waits for the peer's part of the closing handshake, then aborts. What comes after is decided on entry.
/// - A connection lost without our doing skips `closing`.
///
/// Nothing is sent before Hello, and no identify without a permit. Every state but `idle` and `stopped` has a deadline.
///
/// The shell keeps this order: after it performed `abort` or handed in `closed` or `connectFailed`, it hands in nothing more
/// of that connection; and it takes over each `dispatch` before it performs a later `saveSession`.
public struct GatewaySession: Equatable, Sendable {
    /// What is asked of Discord; loses its privileged part when Discord refuses that.
    public private(set) var intents: GatewayIntents
    /// The session that a lost connection can be resumed into.
    public private(set) var session: SessionRecord?
    public let shard: Shard

    var state = State.idle
    var jitter: Jitter
    var backoff = Backoff(base: .seconds(1), cap: .seconds(60))
    /// Whether the next resumable loss of a ready connection may skip the backoff. Used once, earned back by stability.
    var mayReturnAtOnce = true
    var failedResumes = 0

    var mainAddress: GatewayAddress?
    /// Set when the resume host could not be reached or did not greet.
    var avoidsResumeHost = false

    var presence: Presence?
    var shownPresence: Presence?
    /// Discord ignores, and in the end punishes, more than five presence updates a minute.
    var presenceWindow = SendWindow(limit: 5, per: .seconds(60))
    var presenceDue: Instant?
    /// Answers to heartbeat requests: of the 120 sends a minute that a connection has, these may take a third.
    var answerWindow = SendWindow(limit: 40, per: .seconds(60))

    var saveDue: Instant?
    /// Unreadable payloads since the last readable one.
    var malformedInARow = 0

    /// A session that starts fresh, or with `record` when that belongs to the same shard, intents and bot.
    public init(
        shard: Shard = .only, intents: GatewayIntents, presence: Presence? = nil, resuming record: SessionRecord? = nil,
        botID: Snowflake? = nil, jitter: Jitter
    ) {
        self.shard = shard
        self.intents = intents
        self.presence = presence
        self.jitter = jitter
        if let record, record.fits(shard: shard, intents: intents, botID: botID) {
            session = record
        }
    }

    /// Takes in what happened and returns what to do about it, in order.
    public mutating func handle(_ input: Input, at now: Instant) -> [Action] {
        switch input {
        case .start: start(at: now)
        case .gatewayAddress(let text): addressFound(text, at: now)
        case .gatewayAddressFailed(let failure): addressFailed(failure, at: now)
        case .opened: opened(at: now)
        case .connectFailed(let reason): openingFailed(.connectFailed(reason), at: now)
        case .received(let payload): received(payload, at: now)
        case .malformed(let malformed): receivedMalformed(malformed, at: now)
        case .closed(let code): closed(code, at: now)
        case .identifyPermitted: identify(at: now)
        case .presence(let presence): show(presence, at: now)
        case .tick: tick(at: now)
        case .stop(let keepSession): stop(keepSession: keepSession, at: now)
        }
    }

    /// When `tick` is wanted next; nil only in `idle` and `stopped`. It may lie in the past.
    public var deadline: Instant? {
        switch state {
        case .idle, .stopped:
            nil
        case .awaitingAddress(let until), .dialing(_, let until), .awaitingHello(_, let until), .closing(_, let until),
            .backingOff(let until):
            until
        case .connected(let stage, let heart):
            [stage.deadline, saveDue, presenceDue].reduce(heart.nextBeat) { min($0, $1 ?? $0) }
        }
    }

    private mutating func tick(at now: Instant) -> [Action] {
        guard let deadline, deadline <= now else { return [] }
        return switch state {
        case .idle, .stopped: []
        case .awaitingAddress: addressFailed(.unavailable(retryAfter: nil), at: now)
        case .dialing: [.abort] + openingFailed(.dialTimedOut, at: now)
        case .awaitingHello: close(.helloTimedOut, at: now)
        case .connected(let stage, let heart): tick(stage, heart, at: now)
        case .closing(let afterwards, _): [.abort, .report(.closeTimedOut)] + proceed(afterwards, at: now)
        case .backingOff: connect(at: now)
        }
    }
}

extension GatewaySession {
    /// Makes `record` the session, and says so to whoever keeps it.
    mutating func adopt(_ record: SessionRecord) -> [Action] {
        session = record
        avoidsResumeHost = false
        failedResumes = 0
        saveDue = nil
        return [.saveSession(record)]
    }

    /// Forgets the session: the next connection identifies.
    mutating func dropSession() -> [Action] {
        avoidsResumeHost = false
        failedResumes = 0
        saveDue = nil
        guard session != nil else { return [] }
        session = nil
        return [.saveSession(nil), .report(.sessionDropped)]
    }

    /// Takes over an event's number. A number that is not higher is a duplicate's and changes nothing.
    mutating func advance(to sequence: Int?, at now: Instant) -> [Action] {
        guard let sequence, let before = session?.sequence, sequence > before else { return [] }
        session?.sequence = sequence
        saveDue = saveDue ?? now.advanced(by: Self.saveInterval)
        // Subtracting is safe: both are at least zero.
        return before > 0 && sequence - before > 1 ? [.report(.sequenceGap(missing: sequence - before - 1))] : []
    }

    /// Saves what is not saved yet.
    mutating func flush() -> [Action] {
        guard saveDue != nil, let session else { return [] }
        saveDue = nil
        return [.saveSession(session)]
    }

    mutating func reduceIntents() -> [Action] {
        intents.subtract(.privileged)
        return [.report(.intentsReduced(to: intents))]
    }
}
