/// Discord's limits for embeds.
enum EmbedRules {
    /// The characters of all embeds of a message together.
    static let totalBound = 6_000

    static func check(_ embeds: [JSON]) throws(Refused) {
        var total = 0
        for (index, embed) in embeds.enumerated() {
            for (field, bound) in [("title", 256), ("description", 4_096)] {
                total += try length(of: embed[field], bound: bound, "embeds", String(index), field)
            }
            total += try length(of: embed["footer"]?["text"], bound: 2_048, "embeds", String(index), "footer")
            total += try length(of: embed["author"]?["name"], bound: 256, "embeds", String(index), "author")
            let fields = embed["fields"]?.array ?? []
            guard fields.count <= 25 else {
                throw .invalid("embeds", String(index), code: "BASE_TYPE_MAX_LENGTH", message: "Must be 25 or fewer in length.")
            }
            for field in fields {
                guard field["name"]?.string?.isEmpty == false, field["value"]?.string?.isEmpty == false else {
                    throw .invalid("embeds", String(index), code: "BASE_TYPE_REQUIRED", message: "This field is required")
                }
                total += try length(of: field["name"], bound: 256, "embeds", String(index), "name")
                total += try length(of: field["value"], bound: 1_024, "embeds", String(index), "value")
            }
        }
        guard total <= totalBound else {
            throw .invalid("embeds", code: "MAX_EMBED_SIZE_EXCEEDED", message: "Embed size exceeds maximum size of 6000")
        }
    }

    private static func length(
        of value: JSON?, bound: Int, _ outer: String, _ index: String, _ field: String
    ) throws(Refused) -> Int {
        guard let value else { return 0 }
        guard let text = value.string else {
            throw .invalid(
                outer, index, field, code: "STRING_TYPE_CONVERT", message: "Could not interpret the value as a string.")
        }
        guard text.utf16.count <= bound else {
            throw .invalid(outer, index, field, code: "BASE_TYPE_MAX_LENGTH", message: "Must be \(bound) or fewer in length.")
        }
        return text.utf16.count
    }
}
