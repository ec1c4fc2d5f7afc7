import HTTP
import Status

extension ProbeResult.Phases {
    init(_ phases: HTTPPhases) {
        self.init(dns: phases.dns, connect: phases.connect, tls: phases.tls)
        guard phases.firstByte != nil else { return }
        http = phases.total - (dns ?? .zero) - (connect ?? .zero) - (tls ?? .zero)
    }

    /// The phase that took the most time; nil when none was reached.
    var longest: ProbeResult.Phase? {
        let known: [(ProbeResult.Phase, Duration?)] = [(.dns, dns), (.connect, connect), (.tls, tls), (.http, http)]
        return known.compactMap { phase, duration in duration.map { (phase, $0) } }.max { $0.1 < $1.1 }?.0
    }
}
