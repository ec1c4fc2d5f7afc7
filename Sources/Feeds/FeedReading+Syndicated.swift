import Status

/// RSS and Atom: no severity, so what is open is `degraded`; the last resort.
///
/// In the feeds of status pages the title never changes, and the text is a list of updates, the newest first, each beginning with its state in
/// bold. An item counts while it is young and its newest state is none of those that end it.
extension FeedReading {
    private static let over: Set<String> = [
        "resolved", "completed", "postmortem", "mitigated", "closed", "cancelled", "canceled", "pir",
    ]
    private static let running: Set<String> = ["in progress", "verifying"]
    private static let states: Set<String> = [
        "investigating", "identified", "monitoring", "update", "scheduled", "in progress", "verifying", "resolved", "completed",
        "postmortem",
        "mitigated", "closed", "cancelled", "canceled",
    ]
    /// Older items say nothing of now.
    private static let youth: Int64 = 14 * 86_400_000

    private struct Item {
        var id: String
        var title: String
        var state: String?
        var isScheduled: Bool
        var published: Timestamp?
    }

    mutating func syndicated(_ kind: FeedKind, _ document: FeedXML) -> FeedReport? {
        let isAtom = document.root == "feed"
        // A document without a channel is cut off, or something else: no good news.
        guard isAtom || !document.elements(named: "channel").isEmpty else { return nil }
        var incidents: [FeedReport.Incident] = []
        var maintenances: [FeedReport.Maintenance] = []
        for element in document.elements(named: isAtom ? "entry" : "item") {
            let item = Self.item(element)
            let state = item.state ?? "open"
            guard !Self.isOver(item) else { continue }
            guard !hasFilter || counts(item.title) else { continue }
            let isFuture = item.published.map { $0 > at } ?? false
            if item.isScheduled || isFuture {
                // What was scheduled for a time that is over, and says nothing since, is over.
                let isRunning = Self.running.contains(state)
                if !isRunning, !isFuture { continue }
                maintenances.append(
                    .init(id: item.id, title: item.title, status: state, isRunning: isRunning, begins: item.published))
            } else if item.published.map({ at.milliseconds - $0.milliseconds < Self.youth }) ?? true {
                incidents.append(.init(id: item.id, title: item.title, status: state, verdict: .degraded, began: item.published))
            }
        }
        return listed(kind, incidents, maintenances)
    }

    private static func item(_ element: FeedXML.Cursor) -> Item {
        let title = element.text("title") ?? ""
        let body =
            element.text("content") ?? element.text("content:encoded") ?? element.text("description") ?? element.text("summary")
            ?? ""
        let bold = FeedMarkup.strong(body)
        let published = element.text("published") ?? element.text("pubDate") ?? element.text("updated") ?? element.text("dc:date")
        return Item(
            id: element.text("id") ?? element.text("guid") ?? title, title: String(title.prefix(FeedLimits.text)),
            state: state(bold),
            isScheduled: bold.contains { $0.text.uppercased().hasPrefix("THIS IS A SCHEDULED EVENT") }
                || state(bold) == "scheduled",
            published: published.flatMap { FeedTime.read($0) })
    }

    /// The newest state: the first bold word that is one, or what stands behind a bold `Status:`.
    private static func state(_ bold: [(text: String, after: String)]) -> String? {
        for (text, after) in bold {
            let word = text.lowercased().trimmingCharacters(of: " :\n\t")
            if word == "status" {
                return after.lowercased().trimmingCharacters(of: " -:\n\t").split(whereSeparator: { ",.;".contains($0) }).first
                    .map(String.init)
            }
            if states.contains(word) { return word }
        }
        return nil
    }

    private static func isOver(_ item: Item) -> Bool {
        if let state = item.state { return over.contains(state) }
        let title = item.title.lowercased().trimmingCharacters(of: " [(")
        return over.contains { title.hasPrefix($0) }
    }
}

extension String {
    /// Without these characters at both ends.
    fileprivate func trimmingCharacters(of set: String) -> String {
        var text = self[...]
        while let first = text.first, set.contains(first) { text.removeFirst() }
        while let last = text.last, set.contains(last) { text.removeLast() }
        return String(text)
    }
}
