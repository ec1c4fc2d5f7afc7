/// Salesforce.
extension FeedReading {
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
}
