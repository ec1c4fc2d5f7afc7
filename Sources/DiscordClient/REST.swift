public import Clocks
public import Discord
import Foundation
public import HTTP
public import Logging
public import Timing

/// Discord's HTTP interface: the owner of the rate limiter.
///
/// Requests wait in the limiter, go out when it says so, and are tried again when it says so. All of one token's traffic belongs here.
public actor REST {
    /// A request on its way, and who waits for it.
    private struct Waiting {
        let request: RESTRequest
        let continuation: CheckedContinuation<Result<HTTPResponse, RESTError>, Never>
        var answer: HTTPResponse?
    }

    private let base: String
    private let token: Secret
    private let http: HTTPClient
    private let log: Logger
    private let clock = MonotonicClock()
    private var limiter: RateLimiter
    private var waiting: [RateLimiter.RequestID: Waiting] = [:]
    private var lastID: UInt64 = 0
    private var alarm: Alarm?
    private var isClosed = false

    /// A client of the API at `base`.
    ///
    /// - Parameters:
    ///   - base: `https://discord.com/api/v10`, without a slash at its end.
    ///   - http: for this API alone, so that no probe holds up an answer.
    public init(base: String, token: Secret, http: HTTPClient, log: Logger, jitter: Jitter = .unpredictable()) {
        self.base = base
        self.token = token
        self.http = http
        self.log = log
        limiter = RateLimiter(jitter: jitter)
    }

    /// Sends a request, waiting for its turn.
    ///
    /// - Parameters:
    ///   - patience: what comes later than this is worth nothing, so the request is given up.
    /// - Returns: an answer with a status below 400.
    public func send(
        _ request: RESTRequest,
        priority: RateLimiter.Priority = .reply,
        patience: Duration = .seconds(30)
    ) async throws(RESTError) -> HTTPResponse {
        guard !isClosed else { throw .closed }
        lastID += 1
        let id = RateLimiter.RequestID(rawValue: lastID)
        let expires = clock.now.advanced(by: patience)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiting[id] = Waiting(request: request, continuation: continuation)
                step(.enqueue(id, RateLimiter.Request(request, priority: priority, expires: expires)))
            }
        } onCancel: {
            Task { await cancel(id) }
        }
        return try result.get()
    }

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
        for id in waiting.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            finish(id, .failure(.closed))
        }
    }

    private func step(_ input: RateLimiter.Input) {
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
            Task { await exchange(id, waiting.request) }
        case .deliver(let id):
            guard let answer = waiting[id]?.answer else { return }
            finish(id, answer.status < 400 ? .success(answer) : .failure(RESTError(refusal: answer)))
        case .fail(let id, let failure):
            finish(id, .failure(.notAnswered(failure)))
        case .tokenRejected:
            log.debug("Discord refuses the token; nothing more is sent with it")
        case .report(let notice):
            log.report(notice)
        }
    }

    private func exchange(_ id: RateLimiter.RequestID, _ request: RESTRequest) async {
        var wanted = HTTPRequest(HTTPRequest.Method(request.route.method), base + request.route.path.value)
        wanted.headers = request.headers(token: token, userAgent: Product.userAgent).map { ($0.name, $0.value) }
        wanted.body = request.body
        do throws(HTTPError) {
            let answer = try await http.perform(wanted)
            waiting[id]?.answer = answer
            let fields = answer.headers.fields.map { HeaderField($0.name, $0.value) }
            step(.completed(id, RateLimitAnswer(status: answer.status, headers: fields, body: answer.body)))
        } catch {
            log.warning("no answer from Discord", metadata: ["route": "\(request.route.template)", "why": "\(error.message)"])
            step(.failed(id, sent: !error.leftNothing))
        }
    }

    private func finish(_ id: RateLimiter.RequestID, _ result: Result<HTTPResponse, RESTError>) {
        waiting.removeValue(forKey: id)?.continuation.resume(returning: result)
    }
}

extension HTTPRequest.Method {
    fileprivate init(_ method: HTTPMethod) {
        switch method {
        case .get: self = .get
        case .post: self = .post
        case .put: self = .put
        case .patch: self = .patch
        case .delete: self = .delete
        }
    }
}

extension HTTPError {
    /// Whether it is certain that the request never reached the server.
    fileprivate var leftNothing: Bool {
        let before: [Code] = [.couldNotResolve, .couldNotConnect, .tlsFailed, .certificateRejected]
        return code.isOurs && code != .cancelled || before.contains(code)
    }
}

extension REST {
    /// Discord has refused the token elsewhere: nothing more is sent with it.
    public func rejectToken() {
        close()
    }
}
