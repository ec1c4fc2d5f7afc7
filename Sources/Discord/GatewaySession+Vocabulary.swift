extension GatewaySession {
    /// What happened.
    public enum Input: Equatable, Sendable {
        case start
        /// The answer to `fetchGatewayAddress`: the `url` of `GET /gateway/bot`.
        case gatewayAddress(String)
        case gatewayAddressFailed(AddressFailure)
        /// The websocket's handshake is done.
        case opened
        /// No connection came about. The reason is a constant of the shell's, for people.
        case connectFailed(String)
        case received(GatewayPayload)
        case malformed(GatewayPayload.Malformed)
        /// The connection's compressed stream cannot be read on from here.
        case streamCorrupted
        /// An event that was dispatched has been dealt with, or needs nothing. `session` is the id of the session that brought it.
        case settled(sequence: Int, session: String)
        /// Another shard has learnt that Discord does not grant the privileged intents.
        case intentsWithdrawn
        /// The connection is gone; without a code where the peer sent none.
        case closed(code: UInt16?)
        case identifyPermitted
        /// The presence to show from now on.
        case presence(Presence)
        case tick
        /// Keeping the session leaves the bot online and resumable for a few minutes: for a restart. Otherwise it goes
        /// offline at once.
        case stop(keepSession: Bool)
    }

    /// Why there is no gateway address.
    public enum AddressFailure: Error, Equatable, Sendable {
        /// Discord does not know the token (401): trying again leads to a ban.
        case unauthorized
        case unavailable(retryAfter: Duration?)
    }

    /// What to do.
    public enum Action: Equatable, Sendable {
        case fetchGatewayAddress
        /// Open a websocket to this URL, which asks for this compression.
        case connect(String, TransportCompression)
        /// Send a text frame; an urgent one goes ahead of everything that waits.
        case send(GatewayCommand, urgent: Bool)
        /// Begin the closing handshake.
        case close(code: UInt16)
        /// Drop the connection or the attempt at one, without ceremony.
        case abort
        /// Ask the identify queue for this shard's turn. Asked again after a while: the queue keeps one place per shard.
        case requestIdentifyPermit
        /// The turn is no longer wanted.
        case withdrawIdentifyPermit
        case dispatch(GatewayEvent)
        /// Keep the record for a later process; nil deletes it.
        case saveSession(SessionRecord?)
        case report(Notice)
        /// Over for good.
        case stopped(StopReason)
    }

    /// Why a session ended for good.
    public enum StopReason: String, Equatable, Sendable {
        case requested
        /// The token is wrong: nothing may be sent with it any more, over HTTP neither.
        case authenticationFailed
        case invalidShard
        /// More guilds than this number of shards may serve.
        case shardingRequired
        case invalidVersion
        case invalidIntents
        case disallowedIntents
    }

    /// Something for the log or a metric. None holds a token or a message's text.
    public enum Notice: Equatable, Sendable {
        /// `GET /gateway/bot` named no websocket.
        case addressRejected
        case addressUnavailable
        case connectFailed(String)
        case dialTimedOut
        case helloTimedOut
        case readyTimedOut
        case resumedTimedOut
        case closeTimedOut
        case closed(code: UInt16?, during: Phase)
        /// Discord says that this client broke the protocol.
        case ownFault(code: UInt16)
        /// A heartbeat was due and the one before was never acknowledged.
        case heartbeatMissed
        case heartbeatAcknowledged(after: Duration)
        /// A request for a heartbeat was ignored: there were too many.
        case heartbeatRequestIgnored
        /// The peer's heartbeat interval was absurd; this one is used.
        case intervalCorrected(to: Duration)
        case reconnectRequested
        case sessionInvalidated(isResumable: Bool)
        case sessionDropped
        case sequenceGap(missing: Int)
        case ready
        case resumed
        case intentsReduced(to: GatewayIntents)
        case backingOff(Duration)
        case malformed(GatewayPayload.Malformed)
        case eventUndecodable(String)
        /// The connection brings nothing but unreadable payloads.
        case streamBroken
        /// The compressed stream was broken.
        case streamCorrupted
        /// Compressed streams broke again and again: the next connection asks for this kind.
        case compressionReduced(to: TransportCompression)
    }

    /// Where a session stands, for health and metrics.
    public enum Phase: String, Equatable, Sendable, CaseIterable {
        case idle, awaitingAddress, dialing, awaitingHello, awaitingIdentifyPermit, identifying, resuming, ready, closing
        case backingOff, stopped
    }

    public var phase: Phase {
        switch state {
        case .idle: .idle
        case .awaitingAddress: .awaitingAddress
        case .dialing: .dialing
        case .awaitingHello: .awaitingHello
        case .connected(.awaitingPermit, _): .awaitingIdentifyPermit
        case .connected(.identifying, _): .identifying
        case .connected(.resuming, _): .resuming
        case .connected(.ready, _): .ready
        case .closing: .closing
        case .backingOff: .backingOff
        case .stopped: .stopped
        }
    }
}
