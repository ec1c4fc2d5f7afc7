/// What an interaction's callback may hold beyond what makes Discord refuse it.
enum CallbackRules {
    static func mistakes(in body: JSON) -> [String] {
        let data = body.object?["data"]?.object ?? [:]
        switch body["type"]?.integer {
        case 4, 7:
            let known: Set<String> = [
                "tts", "content", "embeds", "allowed_mentions", "flags", "components", "attachments", "poll",
            ]
            return data.keys.filter { !known.contains($0) }.sorted().map { "data.\($0) is not for callbacks" }
        case 5: return data.keys.filter { $0 != "flags" }.sorted().map { "data.\($0) is not for a deferral" }
        case 6: return data.isEmpty ? [] : ["data is not for a silent deferral"]
        default: return []
        }
    }
}
