import HTTP
import Status

/// A GET, since many servers answer HEAD differently. Redirects are answers unless they are to be followed: a probe says what it asked.
func probeHTTP(_ order: ProbeOrder, _ http: HTTPClient) async -> ProbeResult {
    var request = HTTPRequest(.get, order.target.description, limits: order.limits)
    request.prepare(for: order)
    let mayRedirect = order.expectation.followsRedirects
    // Everything behind a pin is dialled there, also where a redirect leads elsewhere: then it is the answer.
    if mayRedirect, order.pin == nil {
        request.redirects = RedirectChain.longest
        request.admits = NoWayInward().admits
    }
    do throws(HTTPError) {
        let response = try await http.perform(request)
        var order = order
        if mayRedirect, (300..<400).contains(response.status) { order.expectation = Check.Expectation() }
        return order.judged(response, isExpected: order.expects(response.status, otherwise: 200...399), in: .http)
    } catch {
        return order.failed(error)
    }
}

extension ProbeOrder {
    /// Enough of a page to recognise a challenge; more where the page itself is read.
    var limits: HTTPLimits {
        HTTPLimits(connect: timeout, total: timeout, body: expectation.readsBody ? 1 << 20 : 64 << 10)
    }

    func expects(_ status: Int, otherwise usual: ClosedRange<Int>) -> Bool {
        expectation.statuses?.contains(status) ?? usual.contains(status)
    }

    /// The result of a probe that was answered over HTTP. Nothing of the body goes into it.
    func judged(_ response: HTTPResponse, isExpected: Bool, in phase: ProbeResult.Phase) -> ProbeResult {
        var result = answered(ProbeResult.Phases(response.phases), total: response.phases.total, address: response.address)
        result.status = response.status
        result.certificate = response.certificates.first.flatMap { ProbeResult.Certificate($0, now: now) }
        if response.isChallenge {
            result.outcome = .blocked
            result.detail = "HTTP \(response.status) with a challenge page"
        } else if !isExpected {
            result.outcome = response.isRefusal ? .blocked : .failed
            result.detail = "HTTP \(response.status)"
        } else if let complaint = expectation.complaint(about: response.body) {
            result.outcome = .failed
            result.detail = "HTTP \(response.status), but \(complaint)"
        } else {
            return result
        }
        result.phase = phase
        return result
    }
}

extension HTTPRequest {
    mutating func prepare(for order: ProbeOrder) {
        ipVersion = order.ipVersion
        if let address = order.pin { pin = address }
        wantsFreshConnection = true
        capturesCertificates = true
        cutsBodyShort = true
    }
}
