/// Xbox.
extension FeedReading {
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
}
