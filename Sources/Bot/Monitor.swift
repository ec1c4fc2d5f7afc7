public import Probes
public import Status

/// Carries out the board's orders: one check, however many doors it has.
public struct Monitor: Sendable {
    private let prober: Prober
    private let timeout: Duration
    /// Pages that strangers named, by what a check calls them.
    private let adHoc: [Target: AdHocTarget]

    /// The thread of the probes: a task that prefers it crosses no thread for a probe.
    var executor: any TaskExecutor { prober.executor }

    /// A monitor whose probes take `timeout` each at most.
    ///
    /// - Parameter adHoc: pages that somebody named by hand: they are probed behind the guard of `AdHocProber`, every time.
    public init(prober: Prober, timeout: Duration, adHoc: [AdHocTarget] = []) {
        self.prober = prober
        self.timeout = timeout
        self.adHoc = Dictionary(adHoc.map { ($0.target, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Tries all doors of a check side by side: the first that answers speaks for it, else the one that got furthest.
    public func probe(_ check: Check) async -> ProbeResult {
        await withTaskGroup(of: ProbeResult.self) { group in
            for target in check.anyOf {
                group.addTask { await probe(target, of: check) }
            }
            var best: ProbeResult?
            for await result in group {
                if result.outcome == .ok {
                    group.cancelAll()
                    return result
                }
                if best.map({ $0.progress < result.progress }) ?? true { best = result }
            }
            guard let best else { preconditionFailure("a check without a target was let through") }
            return best
        }
    }

    /// All doors of a check, each with its own result, in the order of the catalogue: what `isitdown check` shows.
    public func probeEach(of check: Check) async -> [ProbeResult] {
        await withTaskGroup(of: (Int, ProbeResult).self) { group in
            for (place, target) in check.anyOf.enumerated() {
                group.addTask { (place, await probe(target, of: check)) }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// Whether a canary answers at all; a refusal is an answer.
    public func answers(_ canary: Target) async -> Bool {
        await look(at: canary).ok
    }

    /// The same, and over which families of addresses, where it has both.
    func look(at canary: Target) async -> (ok: Bool, families: [ProbeResult.Family: Bool]) {
        let result = await prober.withoutSecondOpinion.probe(canary, slowAfter: timeout, timeout: timeout)
        return (result.outcome != .failed, result.families.mapValues { $0.outcome != .failed })
    }

    /// Ends what is under way and takes no more.
    public func shutdown() async {
        await prober.shutdown()
    }

    private func probe(_ target: Target, of check: Check) async -> ProbeResult {
        if let page = adHoc[target] {
            do throws(AdHocRefusal) {
                return try await prober.adHoc.probe(page, slowAfter: check.slowAfter, timeout: timeout)
            } catch {
                // In no phase: it says nothing of the target.
                return ProbeResult(target: target, outcome: .failed, total: .zero, detail: "not looked at: \(error)")
            }
        }
        return await prober.probe(target, expecting: check.expectation, slowAfter: check.slowAfter, timeout: timeout)
    }
}
