/// What Discord wants of every request, whatever it is for.
enum RequestRules {
    private static let types = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]

    static func mistakes(in request: Request) -> [String] {
        var mistakes: [String] = []
        if !isUserAgent(request.userAgent ?? "") {
            mistakes.append("User-Agent is not of the form DiscordBot (url, version): \(request.userAgent ?? "none")")
        }
        if !isReadable(request) { mistakes.append("Content-Type is \(request.contentType ?? "missing")") }
        return mistakes
    }

    /// Whether the body, if there is one, has a type that Discord takes.
    static func isReadable(_ request: Request) -> Bool {
        guard !request.body.isEmpty else { return true }
        let type = request.contentType?.split(separator: ";").first?.lowercased() ?? ""
        return types.contains(type)
    }

    /// `DiscordBot (url, version)`, and what one likes behind it.
    private static func isUserAgent(_ text: String) -> Bool {
        guard text.hasPrefix("DiscordBot ("), let end = text.firstIndex(of: ")") else { return false }
        let parts = text[..<end].dropFirst("DiscordBot (".count).split(separator: ",")
        return parts.count == 2 && parts.allSatisfy { $0.contains { $0 != " " } }
    }
}
