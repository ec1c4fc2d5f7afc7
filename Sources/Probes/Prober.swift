import Glibc
public import HTTP
public import Status

/// Dials targets and says how they answered. Every probe is one attempt over a connection of its own.
///
/// There is no retry and nothing is cached: damping belongs to those who read the results. Where a name has addresses of both families, and
/// both can be dialled from here, each is dialled for itself: the better one is the result, and the other stands beside it
/// (`ProbeResult.families`). Where the system's resolver does not find a name, others are asked, and if they do, what they found is dialled.
public struct Prober: Sendable {
    private let http: HTTPClient
    private let ipVersion: IPVersion
    private let hasBothFamilies: @Sendable () -> Bool
    private var others: OtherResolvers?
    private let now: @Sendable () -> Int64

    /// - Parameters:
    ///   - http: should serve probes alone, so that their number never holds up anything else.
    ///   - ipVersion: which addresses are dialled.
    ///   - resolvers: are asked over HTTPS (RFC 8484) what they make of names that the system's resolver does not find:
    ///     `https://1.1.1.1/dns-query`. Nobody is asked when there are none.
    ///   - hasBothFamilies: whether addresses of both families can be dialled from here; by the system's routes when nil.
    ///   - now: seconds since 1970, to tell how long certificates are valid.
    public init(
        http: HTTPClient,
        ipVersion: IPVersion = .any,
        resolvers: [String] = [],
        hasBothFamilies: (@Sendable () -> Bool)? = nil,
        now: @escaping @Sendable () -> Int64 = Prober.wallClock
    ) {
        self.http = http
        self.ipVersion = ipVersion
        self.hasBothFamilies = hasBothFamilies ?? { Routes.haveBothFamilies }
        others = resolvers.isEmpty ? nil : OtherResolvers(resolvers: resolvers, http: http)
        self.now = now
    }

    /// Probes a target. Never throws: a target that does not answer is a result.
    ///
    /// Cancelling the task ends the probe at once; what it returns then is no evidence (`ProbeResult.isEvidence`).
    ///
    /// - Parameters:
    ///   - expectation: what an answer must look like.
    ///   - slowAfter: a good answer that takes longer is `slow`.
    ///   - timeout: for the whole probe; a second opinion on its name and the dialling after it have as much time again.
    public func probe(
        _ target: Target,
        expecting expectation: Check.Expectation = Check.Expectation(),
        slowAfter: Duration,
        timeout: Duration = .seconds(10)
    ) async -> ProbeResult {
        let order = ProbeOrder(
            target: target,
            expectation: expectation,
            slowAfter: slowAfter,
            timeout: timeout,
            ipVersion: ipVersion,
            now: now()
        )
        let isName = IPAddress(target.host) == nil && !http.network.redirects(target.host, port: target.port)
        guard isName else { return await dial(order) }
        if target.kind == .dns, let others { return await compare(order, others) }
        let isTwofold = ipVersion == .any && target.kind != .dns && hasBothFamilies()
        return await secondGuessed(isTwofold ? dialBothFamilies(order) : dial(order), order)
    }

    /// The thread of the probes: a task that prefers it crosses no thread for a probe.
    public var executor: any TaskExecutor { http.executor }

    /// The same, asking no other resolver: what shows whether *we* are online must fail with our resolver.
    public var withoutSecondOpinion: Prober {
        var prober = self
        prober.others = nil
        return prober
    }

    /// Pages that strangers named, with the same client.
    public var adHoc: AdHocProber { AdHocProber(http: http, now: now) }

    /// Ends what is under way and takes no more.
    public func shutdown() async {
        await http.shutdown()
    }

    /// The system's clock, in seconds since 1970.
    public static let wallClock: @Sendable () -> Int64 = { Int64(time(nil)) }

    /// Where a new kind of probe is entered.
    private func dial(_ order: ProbeOrder) async -> ProbeResult {
        switch order.target.kind {
        case .dns: await probeDNS(order, http)
        case .tcp: await probeTCP(order, http)
        case .tls: await probeTLS(order, http)
        case .http, .https: await probeHTTP(order, http)
        case .ws, .wss: await probeWebSocket(order, http)
        }
    }

    private func dialBothFamilies(_ order: ProbeOrder) async -> ProbeResult {
        var (four, six) = (order, order)
        four.ipVersion = .v4
        six.ipVersion = .v6
        async let overFour = dial(four)
        async let overSix = dial(six)
        return await ProbeResult(joining: overFour, overSix)
    }

    /// Asks others where the system's resolver found nothing, and dials what they found.
    private func secondGuessed(_ result: ProbeResult, _ order: ProbeOrder) async -> ProbeResult {
        guard let others, result.outcome == .failed, result.phase == .dns else { return result }
        let (host, port) = (order.target.host, order.target.port)
        let finding = await others.find(host, port: port, order.ipVersion, within: order.timeout)
        guard order.target.kind != .dns, case .found(let address, let resolver) = finding else { return result.doubted(finding) }
        var order = order
        order.pin = address
        var second = await dial(order)
        second.secondOpinion = .foundElsewhere
        second.detail = "not found by our own resolver, but by \(resolver)" + (second.detail.isEmpty ? "" : ": \(second.detail)")
        return second
    }

    /// A lookup is made by the system's resolver and by others, side by side.
    private func compare(_ order: ProbeOrder, _ others: OtherResolvers) async -> ProbeResult {
        async let own = dial(order)
        async let finding = others.find(order.target.host, port: 443, order.ipVersion, within: order.timeout)
        return await own.doubted(finding)
    }
}

extension ProbeResult {
    /// A lookup by the system's resolver, in the light of what others found.
    fileprivate func doubted(_ finding: OtherResolvers.Finding) -> ProbeResult {
        var result = self
        switch (outcome == .failed, finding) {
        case (true, .found(_, let resolver)):
            // In no phase: it is our resolver's fault, and says nothing about the service.
            result.phase = nil
            result.secondOpinion = .foundElsewhere
            result.detail = "not found by our own resolver, but by \(resolver)"
        case (true, .noSuchName): result.secondOpinion = .noSuchName
        case (true, .nameServersFail): result.secondOpinion = .nameServersFail
        case (false, .found): result.secondOpinion = .agrees
        case (false, .noSuchName), (false, .nameServersFail): result.secondOpinion = .foundHereOnly
        case (_, .unavailable): result.secondOpinion = .unavailable
        }
        if let words = result.secondOpinion, words != .agrees, words != .foundElsewhere {
            result.detail = [result.detail, words.rawValue].filter { !$0.isEmpty }.joined(separator: "; ")
        }
        return result
    }
}
