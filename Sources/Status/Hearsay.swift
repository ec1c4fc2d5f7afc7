public import Timing

/// What one source said last, and since when it says so.
public struct Hearsay<Word: Hashable & Sendable>: Hashable, Sendable {
    public private(set) var word: Word
    /// When it said this first.
    public private(set) var since: Instant
    /// When it said this last.
    public private(set) var heard: Instant

    /// - Parameter heard: when the source said it.
    public init(_ word: Word, at heard: Instant) {
        self.word = word
        since = heard
        self.heard = heard
    }

    /// - Returns: whether it says something else than before.
    mutating func hear(_ word: Word, at now: Instant) -> Bool {
        heard = now
        guard word != self.word else { return false }
        self.word = word
        since = now
        return true
    }
}
