/// Heroku.
extension FeedReading {
    mutating func heroku(_ json: FeedJSON) -> FeedReport? {
        guard json["status"].isList, !json["status"].list.isEmpty else { return nil }
        let words: [String: FeedVerdict] = [
            "green": .operational, "yellow": .degraded, "red": .majorOutage, "blue": .maintenance,
        ]
        var components: [FeedReport.Component] = []
        for row in json["status"].list {
            guard let name = row["system"].text else { continue }
            components.append(
                .init(id: name, name: name, verdict: verdict(row["status"].text, words), word: row["status"].text ?? ""))
        }
        let incidents = json["incidents"].list.filter { !$0["resolved"].flag && $0["state"].word != "closed" }.map { row in
            let title = row["title"].text ?? ""
            return FeedReport.Incident(
                id: row["id"].text ?? title, title: title, status: row["state"].text ?? "open",
                began: FeedTime.read(row["created_at"]))
        }
        let maintenances = json["scheduled"].list.filter { $0.isObject && $0["state"].word != "closed" }.map { row in
            let title = row["title"].text ?? ""
            let state = row["state"].word ?? "scheduled"
            let begins = FeedTime.read(row["scheduled_for"]) ?? FeedTime.read(row["start"])
            return FeedReport.Maintenance(
                id: row["id"].text ?? title, title: title, status: state, isRunning: state == "in_progress", begins: begins)
        }
        return folded(.heroku, page: nil, components, incidents, maintenances)
    }
}
