import Glibc
public import HTTP
public import Status

/// Dials targets and says how they answered. Every probe is one attempt over a connection of its own.
///
/// There is no retry and nothing is cached: damping belongs to those who read the results.
public struct Prober: Sendable {
    private let http: HTTPClient
    private let ipVersion: IPVersion
    private let now: @Sendable () -> Int64

    /// - Parameters:
    ///   - http: should serve probes alone, so that their number never holds up anything else.
    ///   - ipVersion: which addresses are dialled.
    ///   - now: seconds since 1970, to tell how long certificates are valid.
    public init(
        http: HTTPClient,
        ipVersion: IPVersion = .any,
        now: @escaping @Sendable () -> Int64 = Prober.wallClock
    ) {
        self.http = http
        self.ipVersion = ipVersion
        self.now = now
    }

    /// Probes a target. Never throws: a target that does not answer is a result.
    ///
    /// Cancelling the task ends the probe at once; what it returns then is no evidence (`ProbeResult.isEvidence`).
    ///
    /// - Parameters:
    ///   - expectedStatus: HTTP statuses that mean it works; nil accepts 200 ... 399, and 101 alone for a websocket.
    ///   - slowAfter: a good answer that takes longer is `slow`.
    ///   - timeout: for the whole probe.
    public func probe(
        _ target: Target,
        expectedStatus: Set<Int>? = nil,
        slowAfter: Duration,
        timeout: Duration = .seconds(10)
    ) async -> ProbeResult {
        let order = ProbeOrder(
            target: target,
            expectedStatus: expectedStatus,
            slowAfter: slowAfter,
            timeout: timeout,
            ipVersion: ipVersion,
            now: now()
        )
        return await Prober.probe(for: target.kind)(order, http)
    }

    /// Probes pages that strangers named, with the same client.
    public var adHoc: AdHocProber { AdHocProber(http: http, now: now) }

    /// Ends what is under way and takes no more.
    public func shutdown() async {
        await http.shutdown()
    }

    /// The system's clock, in seconds since 1970.
    public static let wallClock: @Sendable () -> Int64 = { Int64(time(nil)) }

    /// Where a new kind of probe is entered.
    private static func probe(for kind: Target.Kind) -> Probe {
        switch kind {
        case .dns: probeDNS
        case .tcp: probeTCP
        case .tls: probeTLS
        case .http, .https: probeHTTP
        case .ws, .wss: probeWebSocket
        }
    }
}
