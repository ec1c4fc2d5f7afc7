import Glibc
import HTTP
import Probes
import Status
import Synchronization

/// `ProbeBench COUNT AT-ONCE [CA] < targets`: probes the targets in turn, and prints what it took as JSON.
@main
struct ProbeBench {
    let prober: Prober
    let targets: [Target]
    let atOnce: Int

    static func main() async {
        let arguments = CommandLine.arguments
        var targets: [Target] = []
        while let line = readLine() {
            if let target = try? Target(line) { targets.append(target) }
        }
        guard arguments.count >= 3, let count = Int(arguments[1]), let atOnce = Int(arguments[2]), count > 0, atOnce > 0,
            !targets.isEmpty
        else {
            print("usage: ProbeBench COUNT AT-ONCE [CA] < targets")
            exit(64)
        }
        let network = Network(certificateAuthority: arguments.count > 3 ? arguments[3] : nil)
        let http = HTTPClient(network: network, userAgent: "isitdown", maxTransfers: max(200, atOnce))
        let bench = ProbeBench(prober: Prober(http: http), targets: targets, atOnce: atOnce)
        // What is done once is done before: libraries are loaded, the authorities read.
        let warm = min(count, atOnce)
        let failedBefore = await bench.probe(warm)
        let start = ContinuousClock.now
        let before = processorSeconds()
        let failed = await bench.probe(count)
        let spent = processorSeconds() - before
        let wall = start.duration(to: .now) / .seconds(1)
        print(#"{"probes":\#(count),"warm":\#(warm),"failed":\#(failed + failedBefore),"cpu":\#(spent),"wall":\#(wall)}"#)
    }

    private static func processorSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// Makes so many probes; answers how many were not `ok`.
    private func probe(_ count: Int) async -> Int {
        let begun = Counter()
        return await withTaskGroup(of: Int.self) { group in
            for _ in 0..<atOnce {
                group.addTask(executorPreference: prober.executor) {
                    var failed = 0
                    while true {
                        let number = begun.next()
                        guard number < count else { return failed }
                        let target = targets[number % targets.count]
                        let result = await prober.probe(target, slowAfter: .seconds(10), timeout: .seconds(20))
                        if result.outcome != .ok { failed += 1 }
                    }
                }
            }
            return await group.reduce(0, +)
        }
    }
}

private final class Counter: Sendable {
    private let count = Atomic(0)

    func next() -> Int { count.add(1, ordering: .relaxed).oldValue }
}
