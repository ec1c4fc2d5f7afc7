internal import Timing

/// Channels where Discord lately said that the bot may not speak: asking again would only count towards a ban.
struct RefusedChannels: Equatable, Sendable {
    /// Somebody may give the permission meanwhile.
    static let memory = Duration.seconds(300)
    static let capacity = 1_024

    private struct Refusal: Equatable {
        let code: Int
        let until: Instant
    }

    private var refusals: [Snowflake: Refusal] = [:]

    static func isRefusal(_ answer: RateLimitAnswer) -> Bool {
        switch answer.code {
        case ErrorCode.missingAccess, ErrorCode.missingPermissions: answer.status == 403
        case ErrorCode.unknownChannel: answer.status == 404
        default: false
        }
    }

    /// Discord's code of the refusal that holds; nil for none.
    func code(for channel: Snowflake, at now: Instant) -> Int? {
        refusals[channel].flatMap { $0.until > now ? $0.code : nil }
    }

    mutating func note(_ channel: Snowflake, code: Int, at now: Instant) {
        if refusals.count >= Self.capacity, refusals[channel] == nil { makeRoom(at: now) }
        refusals[channel] = Refusal(code: code, until: now.advanced(by: Self.memory))
    }

    mutating func clear(_ channel: Snowflake) {
        refusals[channel] = nil
    }

    /// The oldest goes where none has run out.
    private mutating func makeRoom(at now: Instant) {
        refusals = refusals.filter { $0.value.until > now }
        guard refusals.count >= Self.capacity, let oldest = refusals.min(by: { $0.value.until < $1.value.until }) else { return }
        refusals[oldest.key] = nil
    }
}
