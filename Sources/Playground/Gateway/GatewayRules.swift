/// What a client's frames must look like beyond what Discord closes a socket for; each mistake in a few words.
enum GatewayRules {
    static func mistakes(inFrame frame: JSON) -> [String] {
        unknown(frame, known: ["op", "d", "s", "t"]) + (frame.object?["d"] == nil ? ["\"d\" is missing"] : [])
    }

    static func mistakes(inIdentify data: JSON, compression: Compression) -> [String] {
        var mistakes = unknown(
            data,
            known: [
                "token", "intents", "properties", "shard", "large_threshold", "compress", "presence", "capabilities",
                // Undocumented, and sent by clients that have been about for long.
                "guild_subscriptions", "v",
            ])
        if data["token"]?.string?.hasPrefix("Bot ") == true { mistakes.append("the token has the prefix \"Bot \"") }
        for name in ["os", "browser", "device"]
        where (data["properties"]?[name] ?? data["properties"]?["$\(name)"])?.string == nil {
            mistakes.append("properties.\(name) is no text")
        }
        if let threshold = data.object?["large_threshold"], !(50...250).contains(threshold.integer ?? 0) {
            mistakes.append("large_threshold is not 50 to 250")
        }
        if let compress = data.object?["compress"] {
            if compress.bool == nil { mistakes.append("compress is no boolean") }
            if compress == true, compression != .uncompressed { mistakes.append("compress excludes transport compression") }
        }
        if let presence = data["presence"] {
            mistakes += GatewayRules.mistakes(inPresence: presence).map { "presence: \($0)" }
        }
        return mistakes
    }

    static func mistakes(inResume data: JSON) -> [String] {
        unknown(data, known: ["token", "session_id", "seq"]) + (data["seq"]?.integer == nil ? ["seq is no number"] : [])
    }

    static func mistakes(inPresence data: JSON) -> [String] {
        var mistakes = unknown(data, known: ["since", "activities", "status", "afk"])
        if let since = data["since"], since.integer == nil { mistakes.append("since is neither a number nor null") }
        if !["online", "dnd", "idle", "invisible", "offline"].contains(data["status"]?.string) {
            mistakes.append("status is none of online, dnd, idle, invisible, offline")
        }
        if data["afk"]?.bool == nil { mistakes.append("afk is no boolean") }
        guard let activities = data["activities"]?.array else { return mistakes + ["activities is no list"] }
        for activity in activities {
            if activity["name"]?.string == nil { mistakes.append("an activity has no name") }
            if !(0...5).contains(activity["type"]?.integer ?? -1) { mistakes.append("an activity's type is not 0 to 5") }
            if activity["type"]?.integer == 1, activity["url"]?.string == nil { mistakes.append("a stream has no url") }
        }
        return mistakes
    }

    static func mistakes(inRequest data: JSON) -> [String] {
        var mistakes = unknown(data, known: ["guild_id", "query", "limit", "presences", "user_ids", "nonce"])
        if Snowflake(data["guild_id"]) == nil { mistakes.append("guild_id is no snowflake") }
        if data["user_ids"] == nil, data["query"]?.string == nil { mistakes.append("neither query nor user_ids is there") }
        if data["query"] != nil, data["limit"]?.integer == nil { mistakes.append("a query has no limit") }
        if let nonce = data["nonce"]?.string, nonce.utf8.count > 32 { mistakes.append("nonce is longer than 32 bytes") }
        return mistakes
    }

    private static func unknown(_ data: JSON, known: Set<String>) -> [String] {
        (data.object ?? [:]).keys.filter { !known.contains($0) }.sorted().map { "\"\($0)\" is no known key" }
    }
}
