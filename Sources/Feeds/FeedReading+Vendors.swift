import Status

/// Providers with a format of their own: Slack, Google, Apple, AWS, Azure DevOps, Meta, PlayStation, Heroku, Salesforce, Xbox, Signal.
extension FeedReading {
    private static let closed: Set<String> = ["resolved", "completed", "cancelled", "canceled"]

    mutating func slack(_ json: FeedJSON) -> FeedReport? {
        // Either the current state, or a list of it, or the list of incidents that the history is.
        let pages = json.isList ? json.list : [json]
        guard !pages.isEmpty, pages.contains(where: { $0.has("active_incidents") || $0.has("notes") }) else { return nil }
        let types: [String: FeedVerdict] = [
            "incident": .degraded, "outage": .majorOutage, "notice": .degraded, "maintenance": .maintenance,
        ]
        var incidents: [FeedReport.Incident] = []
        var maintenances: [FeedReport.Maintenance] = []
        for row in pages.flatMap({ $0.has("active_incidents") ? $0["active_incidents"].list : [$0] }) {
            guard let status = row["status"].text?.lowercased(), !Self.closed.contains(status) else { continue }
            let services = row["services"].list.compactMap(\.text)
            guard !hasFilter || services.contains(where: counts) else { continue }
            let title = row["title"].text ?? ""
            let id = row["id"].text ?? title
            if row["type"].text == "maintenance" || status == "scheduled" {
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
        if let word = pages.first?["status"].text, !pages.contains(where: { $0.has("notes") }) {
            let page = verdict(word, ["ok": .operational, "active": .operational])
            if page == .unknown { report.verdict = [report.verdict, page].worst ?? .unknown }
            // It says that something goes on, and lists nothing.
            if word.lowercased() == "active", incidents.isEmpty, maintenances.isEmpty, !hasFilter { report.verdict = .unknown }
        }
        return report
    }

    /// A list of incidents, nearly all over: open is what has no end.
    mutating func google(_ json: FeedJSON) -> FeedReport? {
        guard json.isList else { return nil }
        guard json.list.allSatisfy({ $0.has("begin") || $0.has("external_desc") || $0.has("id") }) else { return nil }
        let impacts: [String: FeedVerdict] = [
            "service_information": .degraded, "service_disruption": .partialOutage, "service_outage": .majorOutage,
            "available": .operational,
        ]
        var incidents: [FeedReport.Incident] = []
        for row in json.list where row["end"].isMissing {
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
                    verdict: own == .operational ? .degraded : own,
                    began: FeedTime.read(row["begin"])))
        }
        return listed(.google, incidents)
    }

    mutating func apple(_ json: FeedJSON) -> FeedReport? {
        guard json["services"].isList, !json["services"].list.isEmpty else { return nil }
        let types: [String: FeedVerdict] = [
            "available": .operational, "outage": .majorOutage, "issue": .degraded, "performance": .degraded,
            "maintenance": .maintenance,
        ]
        var components: [FeedReport.Component] = []
        var incidents: [FeedReport.Incident] = []
        var maintenances: [FeedReport.Maintenance] = []
        for service in json["services"].list {
            guard let name = service["serviceName"].text, counts(name) else { continue }
            var worst = FeedVerdict.operational
            var word = "Available"
            for event in service["events"].list {
                guard let status = event["eventStatus"].text?.lowercased() else { continue }
                let id = event["messageId"].text ?? name
                let type = event["statusType"].text
                if status == "ongoing", type?.lowercased() != "maintenance" {
                    let own = verdict(type, types)
                    if [worst, own].worst == own { (worst, word) = (own, type ?? "") }
                    incidents.append(
                        .init(
                            id: id, title: "\(name): \(type ?? "")", status: status, verdict: own,
                            began: FeedTime.read(event["epochStartDate"])))
                } else if status == "ongoing" || status == "upcoming", type?.lowercased() == "maintenance" {
                    if status == "ongoing", worst == .operational { (worst, word) = (.maintenance, type ?? "") }
                    maintenances.append(
                        .init(
                            id: id, title: name, status: status, isRunning: status == "ongoing",
                            begins: FeedTime.read(event["epochStartDate"]),
                            ends: FeedTime.read(event["epochEndDate"])))
                }
            }
            components.append(.init(id: name, name: name, verdict: worst, word: word))
        }
        return folded(.apple, page: nil, components, incidents, maintenances)
    }

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

    mutating func azuredevops(_ json: FeedJSON) -> FeedReport? {
        guard let word = json["status"]["health"].text else { return nil }
        let words: [String: FeedVerdict] = [
            "4": .operational, "healthy": .operational, "3": .degraded, "advisory": .degraded, "2": .degraded,
            "degraded": .degraded,
            "1": .majorOutage, "unhealthy": .majorOutage,
        ]
        var components: [FeedReport.Component] = []
        for row in json["services"].list {
            guard let name = row["id"].text else { continue }
            let places = row["geographies"].list.map { place in verdict(place["health"].text, words) }
            components.append(
                .init(id: name, name: name, verdict: places.worst ?? .unknown, word: (places.worst ?? .unknown).rawValue))
        }
        return folded(.azuredevops, page: verdict(word, words), components)
    }

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

    /// All rows count; none is good news.
    mutating func playstation(_ json: FeedJSON) -> FeedReport? {
        guard json.has("status") || json.has("countries") else { return nil }
        let words: [String: FeedVerdict] = [
            "ok": .operational, "degraded": .degraded, "outage": .majorOutage, "maintenance": .maintenance,
        ]
        var rows = json["status"].list
        for country in json["countries"].list {
            rows += country["status"].list + country["services"].list.flatMap { $0["status"].list }
        }
        var incidents: [FeedReport.Incident] = []
        var maintenances: [FeedReport.Maintenance] = []
        for row in rows {
            let word = row["statusType"].text
            let own = verdict(word, words)
            guard own != .operational else { continue }
            let title = row["message"]["messages"].list.first?["message"].text ?? row["serviceName"].text ?? word ?? ""
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
        let incidents = json["incidents"].list.filter { !$0["resolved"].flag && $0["state"].text != "closed" }.map { row in
            let title = row["title"].text ?? ""
            return FeedReport.Incident(
                id: row["id"].text ?? title, title: title, status: row["state"].text ?? "open",
                began: FeedTime.read(row["created_at"]))
        }
        return folded(.heroku, page: nil, components, incidents)
    }

    mutating func salesforce(_ json: FeedJSON) -> FeedReport? {
        let words: [String: FeedVerdict] = [
            "ok": .operational, "major_incident_core": .majorOutage, "major_incident_noncore": .partialOutage,
            "minor_incident_core": .degraded, "minor_incident_noncore": .degraded, "maintenance_core": .maintenance,
            "maintenance_noncore": .maintenance, "informational": .operational,
        ]
        var components: [FeedReport.Component] = []
        for row in json.isList ? json.list : [json] {
            guard let word = row["status"].text else { continue }
            let name = row["key"].text ?? row["instanceKey"].text ?? ""
            components.append(.init(id: name, name: name, verdict: verdict(word, words), word: word))
        }
        return components.isEmpty ? nil : folded(.salesforce, page: nil, components)
    }

    mutating func xbox(_ document: FeedXML) -> FeedReport? {
        let words: [String: FeedVerdict] = ["none": .operational, "impacted": .degraded, "unavailable": .majorOutage]
        guard let state = document.text(at: ["Status", "Overall", "State"]) ?? document.text(at: ["Overall", "State"]) else {
            return nil
        }
        var components: [FeedReport.Component] = []
        for row in document.elements(named: "Category") {
            guard let name = row.text("Name"), let word = row.text("Status", "Name") ?? row.text("State") else { continue }
            components.append(.init(id: row.text("Id") ?? name, name: name, verdict: verdict(word, words), word: word))
        }
        return folded(.xbox, page: verdict(state, words), components)
    }

    func signal(_ text: String) -> FeedReport? {
        guard text.lowercased().contains("signal") else { return nil }
        if text.contains("Signal is up and running") { return FeedReport(kind: .signal, verdict: .operational) }
        // Any other sentence on that page speaks of trouble, but nobody has recorded which they use.
        return FeedReport(kind: .signal, verdict: .unknown)
    }
}
