/// The answer to `GET /gateway/bot`.
public struct GatewayBot: Equatable, Sendable {
    public let url: String
    /// The number of shards Discord recommends.
    public let shards: Int
    /// Identifies allowed a day, and left of them until `resetAfter`.
    public let totalIdentifies: Int
    public let remainingIdentifies: Int
    public let resetAfter: Duration
    /// Identifies allowed every five seconds.
    public let maxConcurrency: Int

    public init(
        url: String, shards: Int = 1, totalIdentifies: Int = 1_000, remainingIdentifies: Int = 1_000,
        resetAfter: Duration = .zero, maxConcurrency: Int = 1
    ) {
        self.url = url
        self.shards = shards
        self.totalIdentifies = totalIdentifies
        self.remainingIdentifies = remainingIdentifies
        self.resetAfter = resetAfter
        self.maxConcurrency = maxConcurrency
    }

    /// Nil when the body names no gateway. A missing limit is read as Discord's usual one.
    public init?(decoding body: [UInt8]) {
        guard let answer = JSON.value(Answer.self, in: body) else { return nil }
        let limit = answer.session_start_limit
        url = answer.url
        shards = min(max(answer.shards ?? 1, 1), 100_000)
        totalIdentifies = max(limit?.total ?? 1_000, 0)
        remainingIdentifies = min(max(limit?.remaining ?? totalIdentifies, 0), totalIdentifies)
        resetAfter = .milliseconds(min(max(limit?.reset_after ?? 0, 0), 86_400_000))
        maxConcurrency = min(max(limit?.max_concurrency ?? 1, 1), 100_000)
    }

    private struct Answer: Decodable {
        let url: String
        let shards: Int?
        let session_start_limit: Limit?
    }

    private struct Limit: Decodable {
        let total: Int?
        let remaining: Int?
        let reset_after: Int?
        let max_concurrency: Int?
    }
}
