import HTTP
import Status
import Timing

/// What is to be probed, and what is expected of it.
struct ProbeOrder: Sendable {
    var target: Target
    var expectation = Check.Expectation()
    var slowAfter: Duration
    var timeout: Duration
    var ipVersion: IPVersion
    /// Dialled instead of what the name resolves to.
    var pin: NetworkAddress?
    /// Seconds since 1970.
    var now: Int64
}

extension ProbeOrder {
    /// The result of a probe that got what it asked for.
    func answered(_ phases: ProbeResult.Phases, total: Duration, address: String?) -> ProbeResult {
        let isSlow = total > slowAfter
        return ProbeResult(
            target: target,
            outcome: isSlow ? .slow : .ok,
            phase: isSlow ? phases.longest : nil,
            phases: phases,
            total: total,
            address: address,
            detail: isSlow ? "took \(Int(total.milliseconds)) ms" : ""
        )
    }

    /// The result of a probe that got no answer.
    func failed(_ error: HTTPError) -> ProbeResult {
        // A fault of ours is no phase of the target's.
        let phase = error.code.isOurs ? nil : error.phase.map { self.phase(of: $0) }
        var phases = ProbeResult.Phases(error.phases)
        if let phase { phases.end(in: phase, after: error.phases.total) }
        return ProbeResult(
            target: target,
            outcome: .failed,
            phase: phase,
            phases: phases,
            total: error.phases.total,
            address: error.address,
            detail: error.message
        )
    }

    private func phase(of phase: HTTPPhase) -> ProbeResult.Phase {
        switch phase {
        case .dns: .dns
        case .connect: .connect
        case .tls: .tls
        case .http: target.kind == .http || target.kind == .https ? .http : .protocol
        }
    }
}
