/// PlayStation Network, by region.
extension FeedReading {
    /// All rows count; none is good news.
    mutating func playstation(_ json: FeedJSON) -> FeedReport? {
        guard json.has("status") || json.has("countries") else { return nil }
        let words: [String: FeedVerdict] = [
            "ok": .operational, "degraded": .degraded, "outage": .majorOutage, "maintenance": .maintenance,
        ]
        var rows = json["status"].list.map { (service: $0["serviceName"].text, row: $0) }
        for country in json["countries"].list {
            rows += country["status"].list.map { ($0["serviceName"].text, $0) }
            for service in country["services"].list {
                rows += service["status"].list.map { ($0["serviceName"].text ?? service["serviceName"].text, $0) }
            }
        }
        var incidents: [FeedReport.Incident] = []
        var maintenances: [FeedReport.Maintenance] = []
        // What names no service concerns all of them.
        for (service, row) in rows where service.map(counts) ?? true {
            let word = row["statusType"].text
            let own = verdict(word, words)
            guard own != .operational else { continue }
            let title = row["message"]["messages"].list.first?["message"].text ?? service ?? word ?? ""
            let id = row["statusId"].text ?? title
            if own == .maintenance {
                let begins = FeedTime.read(row["startDate"])
                maintenances.append(
                    .init(id: id, title: title, status: "maintenance", isRunning: begins.map { $0 <= at } ?? true, begins: begins)
                )
            } else {
                incidents.append(
                    .init(id: id, title: title, status: "open", verdict: own, began: FeedTime.read(row["startDate"])))
            }
        }
        return listed(.playstation, incidents, maintenances)
    }
}
