import Status

/// RSS and Atom: no severity, so what is open is `degraded`; the last resort.
///
/// In the feeds of status pages the title never changes, and the text is a list of updates, the newest first, each beginning with its state in
/// bold. An item counts while it is young and its newest state is none of those that end it.
extension FeedReading {
    private static let over: Set<String> = [
        "resolved", "completed", "postmortem", "mitigated", "closed", "cancelled", "canceled", "operational",
    ]
    private static let running: Set<String> = ["in progress", "verifying"]
    /// Only planned work has these.
    private static let planned: Set<String> = ["scheduled", "in progress", "verifying"]
    private static let states: Set<String> = [
        "investigating", "identified", "monitoring", "update", "scheduled", "in progress", "verifying", "resolved", "completed",
        "postmortem", "mitigated", "closed", "cancelled", "canceled", "operational",
    ]
    /// How titles begin where an item has no state of its own.
    private static let endings = [
        "resolved", "mitigated", "completed", "pir", "postmortem", "post-incident review", "post incident review", "cancelled",
        "canceled",
    ]
    /// Older items say nothing of now.
    private static let youth: Int64 = 14 * 86_400_000

    struct Item {
        var id: String
        var title: String
        var body: String
        var state: String?
        var isScheduled: Bool
        var published: Timestamp?
    }

    mutating func syndicated(_ kind: FeedKind, _ document: FeedXML) -> FeedReport? {
        let isAtom = document.root == "feed"
        // A document without a channel is cut off, or something else: no good news.
        guard isAtom || !document.elements(named: "channel").isEmpty else { return nil }
        let items = document.elements(named: isAtom ? "entry" : "item").map(Self.item)
        if document.isAbout("status.aws.amazon.com") || items.contains(where: { Self.amazonService($0) != nil }) {
            return amazon(items)
        }
        var incidents: [FeedReport.Incident] = []
        var maintenances: [FeedReport.Maintenance] = []
        for item in items where !Self.isOver(item) && (!hasFilter || counts(item.title)) {
            let state = item.state ?? "open"
            let age = item.published.map { at.milliseconds - $0.milliseconds } ?? 0
            if item.isScheduled || age < 0 {
                // What was scheduled for a time that is over, and says nothing since, is over; so is work that nobody ever ended.
                let isRunning = Self.running.contains(state) && age < Self.youth
                guard isRunning || age < 0 else { continue }
                maintenances.append(
                    .init(id: item.id, title: item.title, status: state, isRunning: isRunning, begins: item.published))
            } else if age < Self.youth {
                incidents.append(.init(id: item.id, title: item.title, status: state, verdict: .degraded, began: item.published))
            }
        }
        return listed(kind, incidents, maintenances)
    }

    private static func item(_ element: FeedXML.Cursor) -> Item {
        let title = element.line("title") ?? ""
        let body =
            element.text("content") ?? element.text("content:encoded") ?? element.text("description") ?? element.text("summary")
            ?? ""
        let bold = FeedMarkup.bold(body)
        let published = element.line("published") ?? element.line("pubDate") ?? element.line("updated") ?? element.line("dc:date")
        return Item(
            id: element.line("id") ?? element.line("guid") ?? title, title: title, body: body, state: state(bold),
            isScheduled: bold.contains {
                $0.text.uppercased().hasPrefix("THIS IS A SCHEDULED EVENT") || planned.contains(word($0.text))
            } || state(bold).map(planned.contains) ?? false,
            published: published.flatMap { FeedTime.read($0) })
    }

    /// The newest state: the first bold word that is one, or what stands behind `Status:`, in the same bold words or after them.
    private static func state(_ bold: [(text: String, after: String)]) -> String? {
        for (text, after) in bold {
            let word = word(text)
            if states.contains(word) { return word }
            guard word.hasPrefix("status") else { continue }
            let inside = word.dropFirst("status".count)
            if inside.isEmpty, let state = phrase(after) { return state }
            if inside.first == ":", let state = phrase(String(inside)) { return state }
        }
        return nil
    }

    /// The state that a text begins with, or its first phrase.
    private static func phrase(_ text: String) -> String? {
        let words = text.lowercased().trimmingCharacters(of: " -–:\n\t").split { ",.;\n".contains($0) }.first
        guard let phrase = words.map({ FeedText.line($0) }) else { return nil }
        return states.first { phrase.hasPrefix($0) && !(phrase.dropFirst($0.count).first?.isLetter ?? false) } ?? phrase
    }

    private static func word(_ text: String) -> String {
        text.lowercased().trimmingCharacters(of: " :\n\t")
    }

    private static func isOver(_ item: Item) -> Bool {
        if let state = item.state { return over.contains(state) }
        return hasEndingTitle(item)
    }

    /// Whether a title begins with a word that ends: `Resolved: …`, `[Mitigated] …`, but not `Pirate …`.
    static func hasEndingTitle(_ item: Item) -> Bool {
        let title = item.title.lowercased().trimmingCharacters(of: " [(")
        return endings.contains { title.hasPrefix($0) && !(title.dropFirst($0.count).first?.isLetter ?? false) }
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
