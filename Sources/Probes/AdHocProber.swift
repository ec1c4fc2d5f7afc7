public import HTTP
public import Status

/// Looks at pages that strangers named, and at nothing that is not public.
///
/// Every hop of a chain of redirects is resolved once; all its addresses must be public, since a name that has one inside has it for a
/// reason; then one of *them* is dialled by its number. libcurl makes the sockets that it is given, and the client gives it one for that
/// address alone (`HTTPRequest.pin`). Where a name has more addresses than the client keeps, the rest are neither judged nor dialled. Hosts that the operator's own settings redirect (`Network.connectTo`) are dialled as they say.
public struct AdHocProber: Sendable {
    /// The addresses of a host and port within a time.
    public typealias Resolver =
        @Sendable (_ host: String, _ port: Int, _ timeout: Duration) async -> Result<Resolution, HTTPError>

    /// As many addresses of a host are tried.
    static let maxTries = 3

    private let http: HTTPClient
    private let resolve: Resolver
    private let now: @Sendable () -> Int64

    /// - Parameters:
    ///   - http: should serve these probes alone, so that their number never holds up anything else.
    ///   - resolve: the client's own way when nil.
    ///   - now: seconds since 1970, to tell how long certificates are valid.
    public init(http: HTTPClient, resolve: Resolver? = nil, now: @escaping @Sendable () -> Int64 = Prober.wallClock) {
        self.http = http
        self.resolve = resolve ?? { await http.resolution(of: $0, port: $1, timeout: $2) }
        self.now = now
    }

    /// Probes a page as a browser would open it, redirects included. Where nobody wrote a scheme and https cannot be connected to, http
    /// speaks if it answers.
    ///
    /// The result is of the target that was asked for, its status that of the last answer. It has nothing of the body in it. Cancelling
    /// the task ends the probe at once; what it returns then is no evidence (`ProbeResult.isEvidence`).
    ///
    /// - Parameters:
    ///   - slowAfter: a good answer that takes longer is `slow`.
    ///   - timeout: for everything.
    /// - Throws: why we do not look; nothing was connected to then but, for `redirected`, the public hosts before it.
    public func probe(
        _ wanted: AdHocTarget,
        slowAfter: Duration = .seconds(5),
        timeout: Duration = .seconds(10)
    ) async throws(AdHocRefusal) -> ProbeResult {
        let deadline = ContinuousClock.now + timeout
        let result = try await follow(wanted, slowAfter: slowAfter, until: deadline)
        guard result.outcome == .failed, result.phase == .connect, let plain = wanted.plain else { return result }
        let plainResult = try await follow(plain, slowAfter: slowAfter, until: deadline)
        return plainResult.outcome == .failed ? result : plainResult
    }

    /// Ends what is under way and takes no more.
    public func shutdown() async {
        await http.shutdown()
    }

    private func follow(
        _ wanted: AdHocTarget,
        slowAfter: Duration,
        until deadline: ContinuousClock.Instant
    ) async throws(AdHocRefusal) -> ProbeResult {
        let order = ProbeOrder(
            target: wanted.target,
            slowAfter: slowAfter,
            timeout: ContinuousClock.now.duration(to: deadline),
            ipVersion: .any,
            now: now()
        )
        var chain = RedirectChain(from: wanted)
        while true {
            let answer: HTTPResponse
            switch await resolve(chain.stop.target.host, chain.stop.target.port, .until(deadline)) {
            case .failure(let error): return order.failed(chain.summed(error))
            case .success(let resolution):
                try chain.resolved(resolution)
                switch await ask(chain.stop.target, at: resolution.addresses, as: order, until: deadline) {
                case .failure(let error): return order.failed(chain.summed(error))
                case .success(let response): answer = response
                }
            }
            switch try chain.answered(answer) {
            case .followed: continue
            case .arrived(let response):
                return order.judged(response, isExpected: order.expects(response.status, otherwise: 200...399), in: .http)
            case .lost(let response): return order.lost(response)
            }
        }
    }

    /// Tries the addresses until one accepts a connection.
    private func ask(
        _ place: Target,
        at addresses: [NetworkAddress],
        as order: ProbeOrder,
        until deadline: ContinuousClock.Instant
    ) async -> Result<HTTPResponse, HTTPError> {
        var failure = HTTPError(.couldNotResolve, message: "the name has no address", phase: .dns)
        let tried = addresses.familiesInTurn.prefix(AdHocProber.maxTries)
        for (number, address) in tried.enumerated() {
            let left = Duration.until(deadline)
            // An address that is silent leaves time for the next one, and the last one for http in place of https.
            let limits = HTTPLimits(connect: left / (tried.count - number + 1), total: left, body: order.limits.body)
            var request = HTTPRequest(.get, place.description, limits: limits)
            request.prepare(for: order)
            request.pin = address
            do throws(HTTPError) {
                return .success(try await http.perform(request))
            } catch {
                failure = error
                if error.phase != .connect || error.code.isOurs { break }
            }
        }
        return .failure(failure)
    }
}

extension HTTPClient {
    /// The addresses, or why there are none: a closure that throws one kind of error and waits is more than the compiler takes.
    fileprivate nonisolated func resolution(of host: String, port: Int, timeout: Duration) async -> Result<Resolution, HTTPError>
    {
        do throws(HTTPError) {
            return .success(try await resolve(host, port: port, timeout: timeout))
        } catch {
            return .failure(error)
        }
    }
}

extension [NetworkAddress] {
    /// The first, the first of the other family, then the others: a family that leads nowhere from here must not use up all tries.
    fileprivate var familiesInTurn: [NetworkAddress] {
        guard let other = firstIndex(where: { $0.family != first?.family }) else { return self }
        var reordered = self
        reordered.insert(reordered.remove(at: other), at: 1)
        return reordered
    }
}

extension ProbeOrder {
    /// The result of a chain of redirects that does not end: the server answers, and nobody sees a page.
    fileprivate func lost(_ response: HTTPResponse) -> ProbeResult {
        var result = judged(response, isExpected: true, in: .http)
        result.outcome = .failed
        result.phase = .http
        result.detail = "more than \(RedirectChain.longest) redirects"
        return result
    }
}
