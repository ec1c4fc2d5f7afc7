/// A REST path taken apart: its template, as rate limits and the dispatch know it, and what stood in the gaps.
struct Route: Hashable, Sendable {
    /// `POST /channels/{id}/messages`.
    let template: String
    let ids: [Snowflake]
    /// The token of an interaction.
    let token: String?

    /// - Parameter path: below `/api/v10`.
    init(method: String, path: Substring) {
        var ids: [Snowflake] = []
        var token: String?
        var template: [String] = []
        let parts = path.split(separator: "/")
        let carriesToken = parts.first == "interactions" || parts.first == "webhooks"
        for (index, part) in parts.enumerated() {
            if carriesToken, index == 2 {
                token = String(part)
                template.append("{token}")
            } else if parts.first == "channels", index == 5, parts[4] == "reactions" {
                template.append("{emoji}")
            } else if let id = Snowflake(part) {
                ids.append(id)
                template.append("{id}")
            } else {
                // A path may hold the very text of a gap, and must not pass for one.
                template.append(part.contains("{") ? "?" : String(part))
            }
        }
        self.ids = ids
        self.token = token
        self.template = "\(method) /\(template.joined(separator: "/"))"
    }

    /// What a bucket counts apart: the template and the first id, or the token of an interaction.
    var bucket: String { "\(template) \(token ?? ids.first?.description ?? "")" }
}
