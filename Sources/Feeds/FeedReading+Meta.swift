/// Meta: its products for businesses.
extension FeedReading {
    mutating func meta(_ json: FeedJSON) -> FeedReport? {
        guard json.isList else { return nil }
        let words: [String: FeedVerdict] = [
            "no known issues": .operational, "resolved": .operational, "low disruptions": .degraded,
            "medium disruptions": .partialOutage,
            "high disruptions": .majorOutage,
        ]
        var components: [FeedReport.Component] = []
        var incidents: [FeedReport.Incident] = []
        for row in json.list {
            for service in row["services"].list {
                guard let name = service["name"].text else { continue }
                let word = service["status"].text
                let own = [row["name"].text, row["id"].text].compactMap(\.self).contains(where: counts) || counts(name)
                guard own else { continue }
                components.append(
                    .init(id: service["id"].text ?? name, name: name, verdict: verdict(word, words), word: word ?? ""))
            }
            if row.has("service_id") {
                let own = verdict(row["status"].text, words)
                guard own != .operational else { continue }
                incidents.append(
                    .init(
                        id: row["service_id"].text ?? "", title: row["status"].text ?? "", status: "open", verdict: own,
                        began: FeedTime.read(row["time"])))
            }
        }
        if json.list.contains(where: { $0.has("service_id") }) { return listed(.meta, incidents) }
        guard !components.isEmpty else { return nil }
        return FeedReport(kind: .meta, verdict: components.map(\.verdict).worst ?? .unknown, components: components)
    }
}
