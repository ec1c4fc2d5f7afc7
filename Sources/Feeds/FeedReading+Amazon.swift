import Status

/// AWS: its list of current events, and its RSS.
extension FeedReading {
    mutating func aws(_ json: FeedJSON) -> FeedReport? {
        guard json.isList, json.list.allSatisfy({ $0.has("status") || $0.has("arn") }) else { return nil }
        let words: [String: FeedVerdict] = ["0": .operational, "1": .degraded, "2": .partialOutage, "3": .majorOutage]
        var incidents: [FeedReport.Incident] = []
        for row in json.list {
            let names = [row["service_name"].text, row["service"].text, row["region_name"].text].compactMap(\.self)
            guard !hasFilter || names.contains(where: counts) else { continue }
            let own = verdict(row["status"].text, words)
            guard own != .operational else { continue }
            if let end = FeedTime.read(row["end_time"]), end <= at { continue }
            let title = [row["summary"].text, row["service_name"].text, row["region_name"].text].compactMap(\.self).joined(
                separator: ", ")
            incidents.append(
                .init(id: row["arn"].text ?? title, title: title, status: "open", verdict: own, began: FeedTime.read(row["date"]))
            )
        }
        return listed(.aws, incidents)
    }

    private static let silence: Int64 = 86_400_000

    /// AWS's RSS: each item is one update on one service in one region, and nothing but its guid (`…#s3-us-east-1_1772456400`) says which.
    ///
    /// The newest update on a service is what counts. It is over when it says so, in its title or its text, with `[RESOLVED]` or without, or when
    /// nothing was heard for a day.
    mutating func amazon(_ items: [Item]) -> FeedReport {
        let told = items.filter { $0.published.map { $0 <= at } ?? true }
        let newestFirst = told.enumerated().sorted { left, right in
            let (one, other) = (left.element.published, right.element.published)
            // Without times, in the order of the feed.
            if one == other { return left.offset < right.offset }
            guard let one, let other else { return one != nil }
            return one > other
        }
        var heard: Set<String> = []
        var incidents: [FeedReport.Incident] = []
        for (_, item) in newestFirst {
            let service = Self.amazonService(item) ?? item.id
            guard heard.insert(service).inserted, !Self.isAmazonOver(item) else { continue }
            guard !hasFilter || counts(item.title) || counts(service) else { continue }
            if let published = item.published, at.milliseconds - published.milliseconds >= Self.silence { continue }
            incidents.append(.init(id: service, title: item.title, status: "open", verdict: .degraded, began: item.published))
        }
        return listed(.rss, incidents)
    }

    /// `s3-us-east-1`.
    static func amazonService(_ item: Item) -> String? {
        guard item.id.contains("status.aws.amazon.com"), let hash = item.id.lastIndex(of: "#") else { return nil }
        let fragment = item.id[item.id.index(after: hash)...]
        let service = fragment.lastIndex(of: "_").map { fragment[..<$0] } ?? fragment
        return service.isEmpty ? nil : String(service)
    }

    private static func isAmazonOver(_ item: Item) -> Bool {
        let title = item.title.lowercased()
        let body = item.body.lowercased()
        return title.contains("operating normally") || title.contains("[resolved]") || hasEndingTitle(item)
            || body.contains("service is operating normally") || body.contains("issue has been resolved")
    }
}
