/// Finds out whether a bucket fills up all at once or one by one, which Discord does not tell.
///
/// `X-RateLimit-Reset-After` is the time until the bucket is full. With one request counted it is a whole window, or the time that one
/// unit takes. A later answer decides: no window lasts longer than itself, while a bucket that fills one by one needs about as
/// many times longer as requests are counted. Both are read by Discord's clock, so how long the answers travelled does not matter.
/// (The idea is hikari's; Discord's buckets: discord-api-docs#7680.)
struct Refill: Equatable, Sendable {
    /// The time until the bucket was full when one request was counted.
    private var first: Duration?
    /// How long one unit takes; nil while the bucket may be a window.
    private(set) var interval: Duration?

    mutating func learn(used: Int, resetAfter: Duration) {
        guard used > 0, resetAfter > .zero else { return }
        if used == 1 {
            first = resetAfter
            if interval != nil { interval = resetAfter }
            return
        }
        guard let first else { return }
        let units = resetAfter / first
        let isOneByOne = units > 1.25 && units > Double(used) - 1.25 && units < Double(used) + 0.1
        interval = isOneByOne ? first : nil
    }
}
