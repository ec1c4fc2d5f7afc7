import Status

/// Providers with a format of their own: Slack, Google, Apple, AWS, Azure DevOps, Meta, PlayStation, Heroku, Salesforce, Xbox, Signal.
extension FeedReading {
    private static let closed: Set<String> = ["resolved", "completed", "cancelled", "canceled"]

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
                guard let status = event["eventStatus"].word else { continue }
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
            var worst: FeedVerdict?
            var said = ""
            for place in row["geographies"].list {
                let own = verdict(place["health"].text, words)
                let both = [worst, own].compactMap(\.self).worst
                if both != worst { (worst, said) = (both, place["health"].text ?? "") }
            }
            // A service of no place is neither well nor ill.
            if let worst { components.append(.init(id: name, name: name, verdict: worst, word: said)) }
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

    mutating func salesforce(_ json: FeedJSON) -> FeedReport? {
        let words: [String: FeedVerdict] = [
            "ok": .operational, "major_incident_core": .majorOutage, "major_incident_noncore": .partialOutage,
            "minor_incident_core": .degraded, "minor_incident_noncore": .degraded, "maintenance_core": .maintenance,
            "maintenance_noncore": .maintenance, "informational": .operational, "informational_core": .operational,
            "informational_noncore": .operational,
        ]
        var incidents: [FeedReport.Incident] = []
        var maintenances: [FeedReport.Maintenance] = []
        var components: [FeedReport.Component] = []
        for row in json.isList ? json.list : [json] {
            guard let word = row["status"].text else { continue }
            let name = row["key"].text ?? row["instanceKey"].text ?? ""
            components.append(.init(id: name, name: name, verdict: verdict(word, words), word: word))
            guard counts(name) else { continue }
            incidents += row["Incidents"].list.compactMap { salesforceIncident($0, of: name) }
            maintenances += row["Maintenances"].list.compactMap { salesforceMaintenance($0, of: name) }
        }
        return components.isEmpty ? nil : folded(.salesforce, page: nil, components, incidents, maintenances)
    }

    /// An incident is over when each of its impacts has ended.
    private func salesforceIncident(_ row: FeedJSON, of instance: String) -> FeedReport.Incident? {
        let impacts = row["IncidentImpacts"].list
        let isOver = !impacts.isEmpty && impacts.allSatisfy { FeedTime.read($0["endTime"]).map { $0 <= at } ?? false }
        guard row.isObject, !isOver, !Self.closed.contains(row["status"].word ?? "") else { return nil }
        let severities: [String: FeedVerdict] = ["minor": .degraded, "major": .majorOutage]
        return .init(
            id: row["id"].text ?? instance, title: row["message"]["summary"].text ?? "\(instance): incident",
            status: row["status"].word ?? "open", verdict: impacts.compactMap { severities[$0["severity"].word ?? ""] }.worst,
            began: impacts.compactMap { FeedTime.read($0["startTime"]) }.min())
    }

    private func salesforceMaintenance(_ row: FeedJSON, of instance: String) -> FeedReport.Maintenance? {
        let begins = FeedTime.read(row["plannedStartTime"])
        let ends = FeedTime.read(row["plannedEndTime"])
        let status = row["message"]["eventStatus"].word ?? "scheduled"
        guard row.isObject, !Self.closed.contains(status), ends.map({ $0 > at }) ?? true else { return nil }
        return .init(
            id: row["id"].text ?? instance, title: row["name"].text ?? "\(instance): maintenance", status: status,
            isRunning: begins.map { $0 <= at } ?? false, begins: begins, ends: ends)
    }

    mutating func xbox(_ document: FeedXML) -> FeedReport? {
        let words: [String: FeedVerdict] = ["none": .operational, "impacted": .degraded, "unavailable": .majorOutage]
        guard let state = document.text(at: ["Status", "Overall", "State"]) ?? document.text(at: ["Overall", "State"]) else {
            return nil
        }
        var components: [FeedReport.Component] = []
        for row in document.elements(named: "Category") {
            guard let name = row.line("Name"), let word = row.line("Status", "Name") ?? row.line("State") else { continue }
            components.append(.init(id: row.line("Id") ?? name, name: name, verdict: verdict(word, words), word: word))
        }
        return folded(.xbox, page: verdict(FeedText.line(state), words), components)
    }

    func signal(_ text: String) -> FeedReport? {
        let words = FeedMarkup.plain(text).lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard words.contains("signal") else { return nil }
        if words.contains("signal is up and running") { return FeedReport(kind: .signal, verdict: .operational) }
        // Any other sentence on that page speaks of trouble, but nobody has recorded which they use.
        return FeedReport(kind: .signal, verdict: .unknown)
    }
}
