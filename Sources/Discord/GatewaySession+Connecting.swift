internal import Timing

/// From the address to Hello.
extension GatewaySession {
    mutating func start(at now: Instant) -> [Action] {
        guard state == .idle else { return [] }
        return connect(at: now)
    }

    /// Takes the next step towards a connection: whatever is known decides which.
    mutating func connect(at now: Instant) -> [Action] {
        guard let main = mainAddress else {
            state = .awaitingAddress(until: now.advanced(by: Self.addressTimeout))
            return [.fetchGatewayAddress]
        }
        let resume = resumeAddress(besides: main)
        state = .dialing(resume == nil ? .main : .resume, until: now.advanced(by: patience.dial))
        return [.connect((resume ?? main).connectionURL(compression), compression)]
    }

    /// Where Discord wants the session resumed. A host that failed is left alone, and so is one that would carry the token
    /// in the clear while the main host does not.
    private func resumeAddress(besides main: GatewayAddress) -> GatewayAddress? {
        guard !avoidsResumeHost, let address = session?.resumeURL.flatMap({ GatewayAddress($0) }) else { return nil }
        return address.isSecure || !main.isSecure ? address : nil
    }

    mutating func addressFound(_ text: String, at now: Instant) -> [Action] {
        guard case .awaitingAddress = state else { return [] }
        guard let address = GatewayAddress(text) else {
            return [.report(.addressRejected)] + pause(.backoff, at: now)
        }
        mainAddress = address
        return connect(at: now)
    }

    mutating func addressFailed(_ failure: AddressFailure, at now: Instant) -> [Action] {
        guard case .awaitingAddress = state else { return [] }
        switch failure {
        case .unauthorized:
            return end(.authenticationFailed)
        case .unavailable(let retryAfter):
            let wait = min(max(retryAfter ?? .zero, .zero), .seconds(3_600))
            return [.report(.addressUnavailable)] + pause(.atLeast(wait, backoff: true), at: now)
        }
    }

    mutating func opened(at now: Instant) -> [Action] {
        guard case .dialing(let host, _) = state else { return [] }
        state = .awaitingHello(host, until: now.advanced(by: patience.hello))
        return []
    }

    /// No connection came about: a dead resume host leaves the main one to try at once, a dead main host may have moved.
    mutating func openingFailed(_ notice: Notice, at now: Instant) -> [Action] {
        switch state {
        case .dialing(.resume, _):
            avoidsResumeHost = true
            return [.report(notice)] + pause(.none, at: now)
        case .dialing(.main, _):
            mainAddress = nil
            return [.report(notice)] + pause(.backoff, at: now)
        case .awaitingHello, .connected, .closing:
            return closed(nil, at: now)
        case .idle, .awaitingAddress, .backingOff, .stopped:
            return []
        }
    }

    /// The connection is greeted: hearts beat, and the session begins or goes on.
    mutating func greeted(interval milliseconds: Double, at now: Instant) -> [Action] {
        let (interval, notices) = Self.interval(milliseconds)
        let heart = Heart(interval: interval, nextBeat: now.advanced(by: jitter.duration(to: interval)))
        let actions: [Action]
        sendWindow = Self.freshSendWindow
        if let session {
            _ = sendWindow.take(at: now)
            state = .connected(.resuming(until: now.advanced(by: patience.ready)), heart)
            actions = [.send(.resume(sessionID: session.sessionID, sequence: session.sequence), urgent: false)]
        } else {
            state = .connected(.awaitingPermit(askAgain: now.advanced(by: Self.permitTimeout)), heart)
            actions = [.requestIdentifyPermit]
        }
        return notices + actions
    }

    private static func interval(_ milliseconds: Double) -> (Duration, [Action]) {
        let (low, high) = (intervals.lowerBound.milliseconds, intervals.upperBound.milliseconds)
        guard milliseconds < low || milliseconds > high || milliseconds.isNaN else {
            return (.milliseconds(milliseconds), [])
        }
        let interval = milliseconds > high ? intervals.upperBound : intervals.lowerBound
        return (interval, [.report(.intervalCorrected(to: interval))])
    }

    mutating func identify(at now: Instant) -> [Action] {
        guard case .connected(.awaitingPermit, let heart) = state else { return [] }
        state = .connected(.identifying(until: now.advanced(by: patience.ready)), heart)
        shownPresence = presence
        _ = sendWindow.take(at: now)
        return [.send(.identify(intents: intents, shard, presence), urgent: false)]
    }
}
