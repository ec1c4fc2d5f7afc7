import HTTP
import Status

extension ProbeResult.Phases {
    init(_ phases: HTTPPhases) {
        self.init(dns: phases.dns, connect: phases.connect, tls: phases.tls)
        guard phases.firstByte != nil else { return }
        http = phases.total - (dns ?? .zero) - (connect ?? .zero) - (tls ?? .zero)
    }

    /// Gives the phase in which a probe failed the time that was spent in it: it was reached, and did not come to its end.
    mutating func end(in phase: ProbeResult.Phase, after total: Duration) {
        // libcurl may stamp later phases too when it gives up.
        if phase != .http, phase != .protocol { http = nil }
        let rest = max(.zero, total - [dns, connect, tls, http].compactMap(\.self).reduce(.zero, +))
        switch phase {
        case .dns: dns = dns ?? rest
        case .connect: connect = connect ?? rest
        case .tls: tls = tls ?? rest
        case .http, .protocol: http = http ?? rest
        }
    }

    /// The phase that took the most time; nil when none was reached.
    var longest: ProbeResult.Phase? {
        let known: [(ProbeResult.Phase, Duration?)] = [(.dns, dns), (.connect, connect), (.tls, tls), (.http, http)]
        return known.compactMap { phase, duration in duration.map { (phase, $0) } }.max { $0.1 < $1.1 }?.0
    }
}
