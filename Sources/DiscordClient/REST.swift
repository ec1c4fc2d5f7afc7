public import Clocks
public import Discord
public import HTTP
public import Logging
public import Timing

/// Discord's HTTP interface: the owner of the rate limiter.
///
/// Requests wait in the limiter, go out when it says so, and are tried again when it says so. All of one token's traffic belongs here.
public actor REST {
    /// A request on its way, and who waits for it.
    struct Waiting {
        let request: RESTRequest
        let expires: Instant
        let continuation: CheckedContinuation<Ending, Never>
        var answer: HTTPResponse?
        /// An attempt got no answer: its connection may be dead.
        var lostAnswer = false
        var mayBeDone = false
    }

    /// How a request ended.
    struct Ending: Sendable {
        let result: Result<HTTPResponse, RESTError>
        /// An attempt may have been carried out although no good answer says so.
        var mayBeDone = false
    }

    let base: String
    let token: Secret
    let http: HTTPClient
    let interactionHTTP: HTTPClient
    let log: Logger
    private let onTokenRejected: @Sendable () -> Void
    let clock = MonotonicClock()
    private var limiter: RateLimiter
    var jitter: Jitter
    var waiting: [RateLimiter.RequestID: Waiting] = [:]
    private var lastID: UInt64 = 0
    private var alarm: Alarm?
    var warmth: WarmConnection?
    var warmthAlarm: Alarm?
    var isClosed = false

    /// A client of the API at `base`.
    ///
    /// - Parameters:
    ///   - base: `https://discord.com/api/v10`, without a slash at its end.
    ///   - http: for this API alone, so that no probe holds up an answer.
    ///   - interactionHTTP: with connections of its own for what answers interactions, so that nothing else holds those up; `http` if
    ///     nil. See `warm()`.
    ///   - onTokenRejected: told once when Discord refuses the token: nothing more may be done with it, on the gateway neither.
    public init(
        base: String,
        token: Secret,
        http: HTTPClient,
        interactionHTTP: HTTPClient? = nil,
        log: Logger,
        jitter: Jitter = .unpredictable(),
        onTokenRejected: @escaping @Sendable () -> Void = {}
    ) {
        self.base = base
        self.token = token
        self.http = http
        self.interactionHTTP = interactionHTTP ?? http
        self.log = log
        self.jitter = jitter
        self.onTokenRejected = onTokenRejected
        limiter = RateLimiter(jitter: jitter)
    }

    /// Sends a request, waiting for its turn.
    ///
    /// - Parameters:
    ///   - patience: what comes later than this is worth nothing, so the request is given up.
    /// - Returns: an answer with a status of 200 to 299.
    public func send(
        _ request: RESTRequest,
        priority: RateLimiter.Priority = .reply,
        patience: Duration = .seconds(30)
    ) async throws(RESTError) -> HTTPResponse {
        try await ending(of: request, priority: priority, until: clock.now.advanced(by: patience)).result.get()
    }

    /// Sends a request and tells all that is known of its end.
    func ending(of request: RESTRequest, priority: RateLimiter.Priority, until expires: Instant) async -> Ending {
        guard !isClosed else { return Ending(result: .failure(.closed)) }
        lastID += 1
        let id = RateLimiter.RequestID(rawValue: lastID)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiting[id] = Waiting(request: request, expires: expires, continuation: continuation)
                step(.enqueue(id, RateLimiter.Request(request, priority: priority, expires: expires)))
            }
        } onCancel: {
            Task { await cancel(id) }
        }
    }

    /// Sends nothing more with the token, and fails what waits to be: the gateway was closed because Discord does not accept it.
    ///
    /// Answers to interactions do without the token and still go out.
    public func rejectToken() {
        step(.tokenRejected)
    }

    /// How the traffic is.
    public var health: RESTHealth { limiter.health(at: clock.now) }

    /// Nobody waits for the answer any more. What is on its way already may still be carried out.
    private func cancel(_ id: RateLimiter.RequestID) {
        guard waiting[id] != nil else { return }
        finish(id, .failure(.cancelled))
        step(.cancelled(id))
    }

    /// Gives up what waits and takes no more.
    public func close() {
        isClosed = true
        alarm?.turnOff()
        warmthAlarm?.turnOff()
        for id in waiting.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            finish(id, .failure(.closed))
        }
    }
}

extension REST {
    func step(_ input: RateLimiter.Input) {
        for action in limiter.handle(input, at: clock.now) {
            perform(action)
        }
        if alarm == nil, !isClosed {
            alarm = Alarm { [weak self] in await self?.step(.tick) }
        }
        alarm?.set(limiter.deadline)
    }

    private func perform(_ action: RateLimiter.Action) {
        switch action {
        case .start(let id):
            guard let waiting = waiting[id] else { return step(.failed(id, sent: false)) }
            Task { await attempt(id, waiting.request) }
        case .deliver(let id):
            guard let waiting = waiting[id], let answer = waiting.answer else { return }
            let redaction = waiting.request.redaction(token: token)
            let isGood = (200...299).contains(answer.status)
            finish(id, isGood ? .success(answer) : .failure(RESTError(refusal: answer, redaction)))
        case .fail(let id, let failure):
            finish(id, .failure(.notAnswered(failure)))
        case .tokenRejected:
            // Whoever is told ends the program, and says why.
            log.debug("Discord refuses the token; nothing more is sent with it")
            onTokenRejected()
        case .report(let notice):
            log.report(notice)
        }
    }

    private func finish(_ id: RateLimiter.RequestID, _ result: Result<HTTPResponse, RESTError>) {
        guard let ended = waiting.removeValue(forKey: id) else { return }
        ended.continuation.resume(returning: Ending(result: result, mayBeDone: ended.mayBeDone))
    }
}
