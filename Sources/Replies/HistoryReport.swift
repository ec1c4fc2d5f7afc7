import Status

/// What is said of a service's past: the last outage, how many there were in a month, and what is not known.
struct HistoryReport {
    /// What it has been like, as of the wall clock's time; nil where nothing is on record.
    let past: (history: History, now: Timestamp)?
    let voice: Voice

    /// The span that is looked back over.
    private static let month: Int64 = 30 * 86_400_000
    /// Gaps shorter than this are not worth a sentence.
    private static let noticeableGap: Int64 = 6 * 3_600_000

    /// The words, in one paragraph.
    var paragraph: String? {
        guard let (history, now) = past else { return voice.say("history.md", "unwatched") ?? voice.say("history.md") }
        let sentences = [outages(history, now), gaps(history, now)].compactMap(\.self)
        return sentences.isEmpty ? voice.say("history.md") : sentences.joined(separator: " ")
    }

    private func outages(_ history: History, _ now: Timestamp) -> String? {
        let watched = now.milliseconds - history.since.milliseconds
        let outages = history.outages(since: Timestamp(milliseconds: now.milliseconds - Self.month))
        guard let last = history.outages(since: Timestamp(milliseconds: 0)).last else {
            return voice.say("history.md", "none", ["watched": voice.length(milliseconds: watched) ?? ""])
        }
        let length = voice.length(milliseconds: last.length(until: now)) ?? ""
        let ago = last.ended.flatMap { voice.ago(.milliseconds(now.milliseconds - $0.milliseconds)) }
        let newest =
            ago.map { voice.say("history.md", "last", ["ago": $0, "length": length]) }
            ?? voice.say("history.md", "lasts", ["length": length])
        let total = outages.reduce(0) { $0 + $1.length(until: now) }
        let count =
            outages.count > 1
            ? voice.say(
                "history.md", "count", ["count": String(outages.count), "length": voice.length(milliseconds: total) ?? ""]) : nil
        let young =
            watched < Self.month ? voice.say("history.md", "young", ["watched": voice.length(milliseconds: watched) ?? ""]) : nil
        return [newest, count, young].compactMap(\.self).joined(separator: " ")
    }

    private func gaps(_ history: History, _ now: Timestamp) -> String? {
        let start = max(history.since, Timestamp(milliseconds: now.milliseconds - Self.month))
        let unknown = history.uptime(from: start, to: now).unknown
        guard unknown >= Self.noticeableGap else { return nil }
        return voice.say("history.md", "gaps", ["length": voice.length(milliseconds: unknown) ?? ""])
    }
}
