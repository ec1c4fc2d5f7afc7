/// Apple.
extension FeedReading {
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
}
