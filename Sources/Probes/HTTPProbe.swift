import HTTP
import Status

/// A GET, since many servers answer HEAD differently. Redirects are answers: a probe says what it asked.
let probeHTTP: Probe = { order, http in
    var request = HTTPRequest(.get, order.target.description, limits: order.limits)
    request.prepare(for: order)
    do throws(HTTPError) {
        let response = try await http.perform(request)
        return order.judged(response, isExpected: order.expects(response.status, otherwise: 200...399), in: .http)
    } catch {
        return order.failed(error)
    }
}

extension ProbeOrder {
    /// Enough of a page to recognise a challenge.
    var limits: HTTPLimits {
        HTTPLimits(connect: timeout, total: timeout, body: 64 << 10)
    }

    func expects(_ status: Int, otherwise usual: ClosedRange<Int>) -> Bool {
        expectedStatus?.contains(status) ?? usual.contains(status)
    }

    /// The result of a probe that was answered over HTTP. Nothing of the body goes into it.
    func judged(_ response: HTTPResponse, isExpected: Bool, in phase: ProbeResult.Phase) -> ProbeResult {
        var result = answered(ProbeResult.Phases(response.phases), total: response.phases.total, address: response.address)
        result.status = response.status
        result.certificate = response.certificates.first.flatMap { ProbeResult.Certificate($0, now: now) }
        if response.isChallenge {
            result.outcome = .blocked
            result.detail = "HTTP \(response.status) with a challenge page"
        } else if isExpected {
            return result
        } else {
            result.outcome = response.isRefusal ? .blocked : .failed
            result.detail = "HTTP \(response.status)"
        }
        result.phase = phase
        return result
    }
}

extension HTTPRequest {
    mutating func prepare(for order: ProbeOrder) {
        ipVersion = order.ipVersion
        wantsFreshConnection = true
        capturesCertificates = true
        cutsBodyShort = true
    }
}
