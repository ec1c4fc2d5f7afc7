/// Azure DevOps.
extension FeedReading {
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
}
