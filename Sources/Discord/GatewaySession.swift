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
    /// What the next connection asks for; falls back when streams of that kind break.
    public private(set) var compression: TransportCompression

    var state = State.idle
    let patience: Patience
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
    /// All that a connection sends: Discord closes it for more than 120 a minute.
    var sendWindow = Self.freshSendWindow

    var saveDue: Instant?
    var unsettled = UnsettledEvents()
    /// Compressed streams that broke since a connection was last stable.
    var brokenStreams = 0
    /// Unreadable payloads since the last readable one.
    var malformedInARow = 0

    /// A session that starts fresh, or with `record` when that belongs to the same shard, intents and bot.
    ///
    /// - Parameter compression: what to ask for; should its streams break, the next kind is tried.
    public init(
        shard: Shard = .only, intents: GatewayIntents, compression: TransportCompression = .none, presence: Presence? = nil,
        resuming record: SessionRecord? = nil, botID: Snowflake? = nil, patience: Patience = Patience(), jitter: Jitter
    ) {
        self.patience = patience
        self.shard = shard
        self.intents = intents
        self.compression = compression
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
        case .streamCorrupted: streamCorrupted(at: now)
        case .settled(let sequence, let session): settled(sequence, of: session, at: now)
        case .intentsWithdrawn: withdrawIntents()
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
        return save()
    }

    /// Forgets the session: the next connection identifies.
    mutating func dropSession() -> [Action] {
        avoidsResumeHost = false
        failedResumes = 0
        saveDue = nil
        unsettled = UnsettledEvents()
        guard session != nil else { return [] }
        session = nil
        return [.saveSession(nil), .report(.sessionDropped)]
    }

    /// What a later process may resume from: not behind anything that is still to be dealt with.
    private var recordToKeep: SessionRecord? {
        guard var record = session else { return nil }
        if let oldest = unsettled.oldest { record.sequence = min(record.sequence, oldest - 1) }
        return record
    }

    mutating func save() -> [Action] {
        saveDue = nil
        return recordToKeep.map { [.saveSession($0)] } ?? []
    }

    /// Something was dealt with: the record may move on. While nothing will tick, it does so at once.
    mutating func settled(_ sequence: Int, of sessionID: String, at now: Instant) -> [Action] {
        guard session?.sessionID == sessionID, unsettled.settle(sequence) else { return [] }
        guard case .connected = state else { return save() }
        saveDue = saveDue ?? now.advanced(by: Self.saveInterval)
        return []
    }

    /// Takes over an event that nobody wants, if that is all there is to do: the quick way for most of what a gateway brings.
    ///
    /// - Returns: false where `handle` has to be asked: nothing was changed then.
    public mutating func passes(_ sequence: Int, at now: Instant) -> Bool {
        guard case .connected(.ready, let heart) = state, let before = session?.sequence, sequence == before + 1 else {
            return false
        }
        guard saveDue != nil, malformedInARow == 0, heart.nextBeat > now else { return false }
        session?.sequence = sequence
        return true
    }

    /// Takes over an event's number. A number that is not higher is a duplicate's and changes nothing.
    mutating func advance(to sequence: Int?, _ event: GatewayEvent, at now: Instant) -> [Action] {
        guard let sequence, let before = session?.sequence, sequence > before else { return [] }
        session?.sequence = sequence
        if event.wantsSettling { unsettled.add(sequence) }
        saveDue = saveDue ?? now.advanced(by: Self.saveInterval)
        // Subtracting is safe: both are at least zero.
        return before > 0 && sequence - before > 1 ? [.report(.sequenceGap(missing: sequence - before - 1))] : []
    }

    /// Saves what is not saved yet.
    mutating func flush() -> [Action] {
        saveDue == nil ? [] : save()
    }

    mutating func reduceIntents() -> [Action] {
        intents.subtract(.privileged)
        return [.report(.intentsReduced(to: intents))]
    }

    /// A session that stands keeps what it was granted; only what identifies next must not ask again.
    private mutating func withdrawIntents() -> [Action] {
        guard !intents.isDisjoint(with: .privileged) else { return [] }
        switch phase {
        case .ready, .resuming, .identifying, .stopped: return []
        case .idle, .awaitingAddress, .dialing, .awaitingHello, .awaitingIdentifyPermit, .closing, .backingOff: break
        }
        // The one that found out has said it for all.
        if session == nil { intents.subtract(.privileged) }
        return []
    }

    /// The stream's context is lost with its connection, the session is not. Streams that keep breaking are given up.
    private mutating func streamCorrupted(at now: Instant) -> [Action] {
        switch state {
        case .awaitingHello, .connected: break
        case .idle, .awaitingAddress, .dialing, .closing, .backingOff, .stopped: return []
        }
        brokenStreams += 1
        guard brokenStreams >= Self.brokenStreamsBeforeFallback, compression != compression.fallback else {
            return close(.streamCorrupted, at: now)
        }
        brokenStreams = 0
        compression = compression.fallback
        return [.report(.compressionReduced(to: compression))] + close(.streamCorrupted, at: now)
    }
}
