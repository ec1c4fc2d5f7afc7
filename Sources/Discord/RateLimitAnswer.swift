/// What a response says about limits, from its head and, for a 429, its body.
public struct RateLimitAnswer: Equatable, Sendable {
    public enum Scope: String, Equatable, Sendable {
        case user, global, shared
    }

    public let status: Int
    /// Requests that the bucket holds, and those left in it.
    public var limit: Int?
    public var remaining: Int?
    /// Until the bucket is full again. Discord also gives a point in time, which would need its clock.
    public var resetAfter: Duration?
    /// The bucket's name; not unique, two methods of one route may share it and be counted apart.
    public var bucket: String?
    public var scope: Scope?
    /// How long to stay away; from the body, which is exact, else from the head, which is rounded up.
    public var retryAfter: Duration?
    public var isJSON: Bool
    /// Whether the head has a `Via`, which Discord's own answers carry.
    public var hasVia: Bool
    /// Discord's code of the error, if it gave one.
    public var code: Int?

    public init(
        status: Int, limit: Int? = nil, remaining: Int? = nil, resetAfter: Duration? = nil, bucket: String? = nil,
        scope: Scope? = nil, retryAfter: Duration? = nil, isJSON: Bool = true, hasVia: Bool = true, code: Int? = nil
    ) {
        self.status = status
        self.limit = limit
        self.remaining = remaining
        self.resetAfter = resetAfter
        self.bucket = bucket
        self.scope = scope
        self.retryAfter = retryAfter
        self.isJSON = isJSON
        self.hasVia = hasVia
        self.code = code
    }

    /// Whether this is a refusal by the network in front of Discord, which concerns the whole address.
    ///
    /// Discord's own refusals are JSON and come with a `Via` (discord.py and disgo tell them apart by it); 40333 is the network's
    /// refusal of a `User-Agent`.
    public var isFromEdge: Bool {
        (status == 403 || status == 429) && (!isJSON || !hasVia || code == ErrorCode.blockedByEdge)
    }

    /// Reads a response. The body is looked at for refusals only.
    public init(status: Int, headers: [HeaderField], body: [UInt8]) {
        var fields: [String: String] = [:]
        for field in headers.prefix(200) {
            fields[field.name.lowercased()] = field.value
        }
        self.init(status: status)
        limit = fields["x-ratelimit-limit"].flatMap { Int($0) }
        remaining = fields["x-ratelimit-remaining"].flatMap { Int($0) }
        resetAfter = fields["x-ratelimit-reset-after"].flatMap { Double($0) }.flatMap(Self.duration)
        bucket = fields["x-ratelimit-bucket"].map { String($0.prefix(128)) }
        scope = fields["x-ratelimit-scope"].flatMap { Scope(rawValue: $0.lowercased()) }
        retryAfter = fields["retry-after"].flatMap { Double($0) }.flatMap(Self.duration)
        hasVia = fields["via"] != nil
        isJSON = fields["content-type"]?.lowercased().hasPrefix("application/json") ?? false
        if fields["x-ratelimit-global"]?.lowercased() == "true" {
            scope = .global
        }
        guard status >= 400, body.count <= 1 << 20, let answer = JSON.value(Body.self, in: body) else {
            // Discord's own refusals are JSON whatever their head says, and a page is none.
            isJSON = isJSON && status < 400
            return
        }
        isJSON = true
        code = answer.code
        retryAfter = answer.retry_after.flatMap(Self.duration) ?? retryAfter
        if answer.global == true {
            scope = .global
        }
    }

    private struct Body: Decodable {
        let code: Int?
        let retry_after: Double?
        let global: Bool?

        enum Key: String, CodingKey {
            case code, retry_after, global
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: Key.self)
            code = fields.lenient(Int.self, .code)
            retry_after = fields.lenient(Double.self, .retry_after)
            global = fields.lenient(Bool.self, .global)
        }
    }

    /// Seconds with decimals, kept between nothing and a week; nil for what is no number.
    private static func duration(_ seconds: Double) -> Duration? {
        guard !seconds.isNaN else { return nil }
        return .seconds(min(max(seconds, 0), 604_800))
    }
}
