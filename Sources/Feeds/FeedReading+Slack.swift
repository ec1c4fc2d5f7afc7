/// Slack.
extension FeedReading {
    mutating func slack(_ json: FeedJSON) -> FeedReport? {
        // The current state, in version 2 with its incidents and in version 1 with the only one; a list of these; or the history's incidents.
        let pages = json.isList ? json.list : [json]
        guard pages.contains(where: { $0.has("active_incidents") || $0.has("notes") || $0["status"].word == "ok" }) else {
            return nil
        }
        let types: [String: FeedVerdict] = [
            "incident": .degraded, "outage": .majorOutage, "notice": .degraded, "maintenance": .maintenance,
        ]
        var incidents: [FeedReport.Incident] = []
        var maintenances: [FeedReport.Maintenance] = []
        for row in pages.flatMap({ $0.has("active_incidents") ? $0["active_incidents"].list : [$0] }) {
            guard let status = row["status"].word, status != "ok", !Self.closed.contains(status) else { continue }
            let services = row["services"].list.compactMap(\.text)
            guard !hasFilter || services.contains(where: counts) else { continue }
            let title = row["title"].text ?? ""
            let id = row["id"].text ?? title
            if row["type"].word == "maintenance" || status == "scheduled" {
                maintenances.append(
                    .init(
                        id: id, title: title, status: status, isRunning: status == "active",
                        begins: FeedTime.read(row["date_created"])))
            } else {
                incidents.append(
                    .init(
                        id: id, title: title, status: status, verdict: verdict(row["type"].text, types),
                        began: FeedTime.read(row["date_created"])))
            }
        }
        var report = listed(.slack, incidents, maintenances)
        if let page = pages.first, let word = page["status"].text, !page.has("notes") {
            let page = verdict(word, ["ok": .operational, "active": .operational])
            if page == .unknown { report.verdict = [report.verdict, page].worst ?? .unknown }
            // It says that something goes on, and lists nothing.
            if word.lowercased() == "active", incidents.isEmpty, maintenances.isEmpty, !hasFilter { report.verdict = .unknown }
        }
        return report
    }
}
