/// Statuspage v2 and what is compatible with it: the worst of the page's indicator and its components; rows that group others are none.
/// An incident's impact is not folded in: pages keep green components beside an open incident on purpose.
extension FeedReading {
    private static let indicators: [String: FeedVerdict] = [
        "none": .operational, "minor": .degraded, "major": .partialOutage, "critical": .majorOutage, "maintenance": .maintenance,
    ]
    private static let componentWords: [String: FeedVerdict] = [
        "operational": .operational, "degraded_performance": .degraded, "partial_outage": .partialOutage,
        "major_outage": .majorOutage,
        "full_outage": .majorOutage, "under_maintenance": .maintenance,
    ]
    private static let over: Set<String> = ["resolved", "postmortem", "completed"]
    private static let running: Set<String> = ["in_progress", "verifying", "maintenance_in_progress"]

    mutating func statuspage(_ json: FeedJSON, _ kind: FeedKind) -> FeedReport? {
        let hasIndicator = json["status"].has("indicator")
        guard hasIndicator || json.has("components") || json.has("incidents") || json.has("scheduled_maintenances") else {
            return nil
        }
        let page = hasIndicator ? verdict(json["status"]["indicator"].text, Self.indicators) : nil
        var components: [FeedReport.Component] = []
        var places: [String: Int] = [:]
        for row in json["components"].list where !row["group"].flag {
            guard let name = row["name"].text else { continue }
            let word = row["status"].text
            components.add(
                .init(id: row["id"].text ?? name, name: name, verdict: verdict(word, Self.componentWords), word: word ?? ""),
                &places)
        }
        let incidents = json["incidents"].list.compactMap { incident($0) }
        let maintenances = json["scheduled_maintenances"].list.compactMap { maintenance($0) }
        // A list of incidents alone: whatever is open makes it what it says.
        if page == nil, !json.has("components") { return listed(kind, incidents, maintenances) }
        return folded(kind, page: page, components, incidents, maintenances)
    }

    private mutating func incident(_ row: FeedJSON) -> FeedReport.Incident? {
        // Without a status it is not known to be over.
        let status = row["status"].word ?? "unknown"
        guard !Self.over.contains(status), row["resolved_at"].isMissing, let title = row["name"].text ?? row["id"].text else {
            return nil
        }
        let impact = row["impact"].text.map { verdict($0, Self.indicators) }
        return .init(
            id: row["id"].text ?? title, title: title, status: status, verdict: impact,
            began: FeedTime.read(row["started_at"]) ?? FeedTime.read(row["created_at"]))
    }

    private func maintenance(_ row: FeedJSON) -> FeedReport.Maintenance? {
        guard let status = row["status"].word, !Self.over.contains(status), status != "maintenance_complete" else {
            return nil
        }
        let title = row["name"].text ?? ""
        return .init(
            id: row["id"].text ?? title, title: title, status: status, isRunning: Self.running.contains(status),
            begins: FeedTime.read(row["scheduled_for"]) ?? FeedTime.read(row["starts_at"]) ?? FeedTime.read(row["started_at"]),
            ends: FeedTime.read(row["scheduled_until"]) ?? FeedTime.read(row["ends_at"]) ?? FeedTime.read(row["scheduled_end_at"])
        )
    }

    /// incident.io's widget: what is going on, and nothing else. Three empty lists are good news.
    mutating func widget(_ json: FeedJSON) -> FeedReport? {
        guard json["ongoing_incidents"].isList || json["in_progress_maintenances"].isList else { return nil }
        var components: [FeedReport.Component] = []
        var places: [String: Int] = [:]
        var incidents: [FeedReport.Incident] = []
        for row in json["ongoing_incidents"].list {
            let title = row["name"].text ?? ""
            var worst = row["current_worst_impact"].text.map { verdict($0, Self.componentWords) }
            var parts: [FeedVerdict] = []
            var isWanted = !hasFilter
            for part in row["affected_components"].list {
                guard let name = part["name"].text, counts(name) else { continue }
                isWanted = true
                let word = part["current_status"].text
                let own = verdict(word, Self.componentWords)
                parts.append(own)
                components.add(.init(id: part["id"].text ?? name, name: name, verdict: own, word: word ?? ""), &places)
            }
            guard isWanted else { continue }
            if hasFilter { worst = parts.worst }
            incidents.append(
                .init(
                    id: row["id"].text ?? title, title: title, status: row["status"].word ?? "", verdict: worst,
                    began: FeedTime.read(row["started_at"])))
        }
        let running = json["in_progress_maintenances"].list.compactMap { maintenance($0) }.map { row in
            var row = row
            row.isRunning = true
            return row
        }
        return listed(
            .incidentio, incidents, running + json["scheduled_maintenances"].list.compactMap { maintenance($0) },
            components: components)
    }
}
