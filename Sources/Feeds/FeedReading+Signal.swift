/// Signal, which has a sentence and no feed.
extension FeedReading {
    func signal(_ text: String) -> FeedReport? {
        let words = FeedMarkup.plain(text).lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard words.contains("signal") else { return nil }
        if words.contains("signal is up and running") { return FeedReport(kind: .signal, verdict: .operational) }
        // Any other sentence on that page speaks of trouble, but nobody has recorded which they use.
        return FeedReport(kind: .signal, verdict: .unknown)
    }
}
