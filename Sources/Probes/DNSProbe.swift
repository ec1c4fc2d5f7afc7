import HTTP
import Status

/// Resolves the name; any address will do.
func probeDNS(_ order: ProbeOrder, _ http: HTTPClient) async -> ProbeResult {
    do throws(HTTPError) {
        let resolution = try await http.resolve(order.target.host, ipVersion: order.ipVersion, timeout: order.timeout)
        let phases = ProbeResult.Phases(dns: resolution.duration)
        return order.answered(phases, total: resolution.duration, address: resolution.addresses.first?.host)
    } catch {
        return order.failed(error)
    }
}
