import Status

/// Other hosted status pages: Instatus, status.io, Better Stack, Cachet, cState, UptimeRobot, Sorry.
extension FeedReading {
    // MARK: Instatus

    private static let instatusWords: [String: FeedVerdict] = [
        "up": .operational, "operational": .operational, "hasissues": .degraded, "undermaintenance": .maintenance,
        "degradedperformance": .degraded, "minoroutage": .partialOutage, "partialoutage": .partialOutage,
        "majoroutage": .majorOutage,
    ]

    /// The page's word may say how much of it: `SOMEDEGRADEDPERFORMANCE`, `ALLUNDERMAINTENANCE`.
    private mutating func instatusVerdict(_ word: String?) -> FeedVerdict {
        guard let word else { return .unknown }
        let low = word.lowercased()
        for amount in ["all", "some", "one"] where low.hasPrefix(amount) {
            if Self.instatusWords[String(low.dropFirst(amount.count))] != nil {
                return verdict(String(low.dropFirst(amount.count)), Self.instatusWords)
            }
        }
        return verdict(word, Self.instatusWords)
    }

    mutating func instatus(_ json: FeedJSON) -> FeedReport? {
        let word = json["page"]["status"].text ?? json["status"]["type"].text ?? json["status"].text
        let isList = json["components"].isList
        guard word != nil || isList else { return nil }
        var components: [FeedReport.Component] = []
        // Version 3 has the parts within their group.
        for row in json["components"].list.flatMap({ [$0] + $0["children"].list }) {
            guard let name = row["name"].text, !row["isParent"].flag, row["children"].list.isEmpty else { continue }
            let own = row["status"].text
            components.append(.init(id: row["id"].text ?? name, name: name, verdict: instatusVerdict(own), word: own ?? ""))
        }
        var incidents: [FeedReport.Incident] = []
        for row in json["activeIncidents"].list where row.isObject && row["status"].word != "resolved" {
            let title = row["name"].text ?? ""
            let impact = row["impact"].text.map { instatusVerdict($0) }
            incidents.append(
                .init(
                    id: row["id"].text ?? title, title: title, status: row["status"].word ?? "", verdict: impact,
                    began: FeedTime.read(row["started"])))
        }
        let planned = json["activeMaintenances"].list + json["scheduledMaintenances"].list
        let maintenances = planned.compactMap { row -> FeedReport.Maintenance? in
            guard let status = row["status"].word, status != "completed" else { return nil }
            let title = row["name"].text ?? ""
            let begins = FeedTime.read(row["start"])
            let ends = begins.flatMap { begins in
                row["duration"].number.map { Timestamp(milliseconds: begins.milliseconds + Int64(max(0, min($0, 1e6)) * 60_000)) }
            }
            return .init(
                id: row["id"].text ?? title, title: title, status: status, isRunning: status == "inprogress", begins: begins,
                ends: ends)
        }
        // HASISSUES alone says little: the incidents say how bad it is.
        let page = word.map { instatusVerdict($0) }
        var report = folded(.instatus, page: page, components, incidents, maintenances)
        if !hasFilter, page != .operational, let worst = ([report.verdict] + incidents.compactMap(\.verdict)).worst {
            report.verdict = worst
        }
        return report
    }

    // MARK: status.io

    private static let statusioCodes: [Int: FeedVerdict] = [
        100: .operational, 200: .maintenance, 300: .degraded, 400: .partialOutage, 500: .majorOutage, 600: .majorOutage,
    ]

    private mutating func statusio(code row: FeedJSON) -> FeedVerdict {
        guard let code = row["status_code"].integer else { return .unknown }
        if let known = Self.statusioCodes[code] { return known }
        return verdict("\(code)", [:])
    }

    /// Services, and their regions as containers: the worst container decides.
    mutating func statusio(_ json: FeedJSON) -> FeedReport? {
        let result = json["result"]
        let overall = result["status_overall"].isObject ? statusio(code: result["status_overall"]) : nil
        guard overall != nil || result["status"].isList else { return nil }
        var components: [FeedReport.Component] = []
        for row in result["status"].list {
            guard let name = row["name"].text else { continue }
            let containers = row["containers"].list.map { statusio(code: $0) }
            let own = ([statusio(code: row)] + containers).worst ?? .unknown
            components.append(.init(id: row["id"].text ?? name, name: name, verdict: own, word: row["status"].text ?? ""))
        }
        let phases = [100: "investigating", 200: "identified", 300: "monitoring"]
        var incidents: [FeedReport.Incident] = []
        for row in result["incidents"].list where row.isObject && row["datetime_resolved"].isMissing {
            let messages = row["messages"].list.map { (time: FeedTime.read($0["datetime"]), message: $0) }
            let last = messages.compactMap(\.time).max()
            let newest = messages.last { last == nil || $0.time == last }?.message ?? row["messages"]
            let state = newest["state"].integer.flatMap { phases[$0] } ?? newest["state"].word ?? "open"
            let title = row["name"].text ?? ""
            let impact = newest["status"].integer.flatMap { Self.statusioCodes[$0] }
            incidents.append(
                .init(
                    id: row["_id"].text ?? title, title: title, status: state, verdict: impact,
                    began: FeedTime.read(row["datetime_open"])))
        }
        let maintenances = ["active", "upcoming"].flatMap { group in
            result["maintenance"][group].list.map { row in
                let title = row["name"].text ?? ""
                return FeedReport.Maintenance(
                    id: row["_id"].text ?? title, title: title, status: group, isRunning: group == "active",
                    begins: FeedTime.read(row["datetime_planned_start"]), ends: FeedTime.read(row["datetime_planned_end"]))
            }
        }
        return folded(.statusio, page: overall, components, incidents, maintenances)
    }

    // MARK: Better Stack

    private static let betterstackWords: [String: FeedVerdict] = [
        "operational": .operational, "degraded": .degraded, "downtime": .majorOutage, "maintenance": .maintenance,
        "resolved": .operational,
    ]

    mutating func betterstack(_ json: FeedJSON) -> FeedReport? {
        let state = json["data"]["attributes"]["aggregate_state"]
        guard !state.isMissing else { return nil }
        var components: [FeedReport.Component] = []
        var incidents: [FeedReport.Incident] = []
        var maintenances: [FeedReport.Maintenance] = []
        for row in json["included"].list {
            let attributes = row["attributes"]
            switch row["type"].text {
            case "status_page_resource":
                // What is not monitored is neither well nor ill.
                guard let name = attributes["public_name"].text, let word = attributes["status"].text,
                    word.lowercased() != "not_monitored"
                else { continue }
                components.append(
                    .init(id: row["id"].text ?? name, name: name, verdict: verdict(word, Self.betterstackWords), word: word))
            case "status_report":
                // A report may be over though `ends_at` is null.
                let own = attributes["aggregate_state"].word
                guard own != "resolved", own != "operational" else { continue }
                let ends = FeedTime.read(attributes["ends_at"])
                if let ends, ends <= at { continue }
                let title = attributes["title"].text ?? ""
                if attributes["report_type"].word == "maintenance" || own == "maintenance" {
                    let begins = FeedTime.read(attributes["starts_at"])
                    maintenances.append(
                        .init(
                            id: row["id"].text ?? title, title: title, status: own ?? "maintenance",
                            isRunning: begins.map { $0 <= at } ?? true, begins: begins, ends: ends))
                    continue
                }
                incidents.append(
                    .init(
                        id: row["id"].text ?? title, title: title, status: own ?? "open",
                        verdict: own.map { verdict($0, Self.betterstackWords) },
                        began: FeedTime.read(attributes["starts_at"])))
            default: continue
            }
        }
        return folded(.betterstack, page: verdict(state.text, Self.betterstackWords), components, incidents, maintenances)
    }

    // MARK: Cachet, cState, UptimeRobot, Sorry

    mutating func cachet(_ json: FeedJSON) -> FeedReport? {
        guard json["data"].isList else { return nil }
        // 0 in version 2 and 5 in version 3 are its own words for unknown; 6 is new in version 3.
        let words: [String: FeedVerdict] = [
            "0": .unknown, "1": .operational, "2": .degraded, "3": .partialOutage, "4": .majorOutage, "5": .unknown,
            "6": .maintenance,
        ]
        var components: [FeedReport.Component] = []
        for item in json["data"].list {
            let row = item["attributes"].isObject ? item["attributes"] : item
            // The numbers of an incident's status mean something else: 4 is fixed.
            guard !row.has("message"), !row.has("component_id") else { continue }
            guard let name = row["name"].text, row["enabled"].isMissing || row["enabled"].flag else { continue }
            // Version 3 has an object with a value where version 2 has a number.
            let word = row["status"]["value"].text ?? row["status"].text
            components.append(
                .init(
                    id: item["id"].text ?? row["id"].text ?? name, name: name, verdict: verdict(word, words),
                    word: row["status_name"].text ?? row["status"]["human"].text ?? word ?? ""))
        }
        return components.isEmpty ? nil : folded(.cachet, page: nil, components)
    }

    mutating func cstate(_ json: FeedJSON) -> FeedReport? {
        guard let word = json["summaryStatus"].text else { return nil }
        let words: [String: FeedVerdict] = [
            "ok": .operational, "notice": .degraded, "disrupted": .partialOutage, "down": .majorOutage,
        ]
        var components: [FeedReport.Component] = []
        for row in json["systems"].list {
            guard let name = row["name"].text, let own = row["status"].text else { continue }
            components.append(.init(id: name, name: name, verdict: verdict(own, words), word: own))
        }
        let issues = json["pinnedIssues"].list + json["systems"].list.flatMap { $0["unresolvedIssues"].list }
        let incidents = issues.filter { $0.isObject && !$0["resolved"].flag && !$0["informational"].flag }.map { row in
            let title = row["title"].text ?? ""
            return FeedReport.Incident(
                id: row["id"].text ?? row["permalink"].text ?? row["filename"].text ?? title, title: title, status: "open",
                verdict: row["severity"].text.map { verdict($0, words) }, began: FeedTime.read(row["createdAt"]))
        }
        return folded(.cstate, page: verdict(word, words), components, incidents)
    }

    mutating func uptimerobot(_ json: FeedJSON) -> FeedReport? {
        let rows = json["data"].isList ? json["data"].list : json["psp"]["monitors"].list
        let words: [String: FeedVerdict] = [
            "success": .operational, "warning": .degraded, "danger": .majorOutage, "info": .maintenance,
        ]
        var components: [FeedReport.Component] = []
        for row in rows {
            // What is paused is neither well nor ill.
            guard let name = row["name"].text, let word = row["statusClass"].text,
                !["paused", "black"].contains(word.lowercased())
            else {
                continue
            }
            components.append(.init(id: row["monitorId"].text ?? name, name: name, verdict: verdict(word, words), word: word))
        }
        return components.isEmpty ? nil : folded(.uptimerobot, page: nil, components)
    }

    mutating func sorry(_ json: FeedJSON) -> FeedReport? {
        // The page's word, or its components alone, which stand in `response`.
        let rows = json["components"].list + json["response"].list
        let word = json["page"]["state"].text
        guard word != nil || !rows.isEmpty else { return nil }
        let words: [String: FeedVerdict] = [
            "operational": .operational, "degraded": .majorOutage, "partially-degraded": .degraded,
            "partially_degraded": .degraded,
            "under_maintenance": .maintenance, "under-maintenance": .maintenance,
        ]
        var components: [FeedReport.Component] = []
        for row in rows {
            guard let name = row["name"].text, let own = row["state"].text else { continue }
            components.append(.init(id: row["id"].text ?? name, name: name, verdict: verdict(own, words), word: own))
        }
        return folded(.sorry, page: word.map { verdict($0, words) }, components)
    }
}
