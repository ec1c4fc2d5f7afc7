/// Google: Workspace, Cloud and Play have one format.
extension FeedReading {
    /// A list of incidents, nearly all over: open is what has no end.
    mutating func google(_ json: FeedJSON) -> FeedReport? {
        guard json.isList else { return nil }
        guard json.list.allSatisfy({ $0.has("begin") || $0.has("external_desc") || $0.has("id") }) else { return nil }
        let impacts: [String: FeedVerdict] = [
            "service_information": .degraded, "service_disruption": .partialOutage, "service_outage": .majorOutage,
            "available": .operational,
        ]
        var incidents: [FeedReport.Incident] = []
        for row in json.list where row.isObject && row["end"].isMissing {
            let products =
                row["affected_products"].list.compactMap { $0["title"].text } + [row["service_name"].text].compactMap(\.self)
            guard !hasFilter || products.contains(where: counts) else { continue }
            if let begin = FeedTime.read(row["begin"]), begin > at { continue }
            let title = row["external_desc"].text ?? ""
            let word = row["most_recent_update"]["status"].text ?? row["status_impact"].text
            let own = verdict(word, impacts)
            incidents.append(
                .init(
                    id: row["id"].text ?? title, title: title, status: word?.lowercased() ?? "open",
                    // Well again, but not over: it is being watched.
                    verdict: own == .operational ? .degraded : own, began: FeedTime.read(row["begin"])))
        }
        return listed(.google, incidents)
    }
}
