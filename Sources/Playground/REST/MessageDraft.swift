/// What a bot wants a message to be: the body of a create, an edit, or an interaction's answer. Nil stands for “not given”.
struct MessageDraft: Sendable {
    /// Whom the text may notify.
    struct AllowedMentions: Hashable, Sendable {
        var parsesUsers = true
        var users: Set<Snowflake> = []
        /// Nil: as Discord does it when nothing is said, which is to notify.
        var repliedUser: Bool? = nil
    }

    var content: String?
    var embeds: [JSON]?
    var components: [JSON]?
    var nonce: JSON?
    var enforcesNonce = false
    var replyTo: Snowflake?
    var failsIfNotExists = true
    var flags: Int64 = 0
    var allowedMentions = AllowedMentions()

    /// Whether it would show anything.
    var isEmpty: Bool { (content ?? "").isEmpty && (embeds ?? []).isEmpty && (components ?? []).isEmpty }

    init(reading body: JSON) throws(Refused) {
        guard let members = body.object else {
            throw .invalid(code: "DICT_TYPE_CONVERT", message: "Only dictionaries may be used in a DictType")
        }
        if let value = given(members["content"]) { content = try MessageDraft.text(value, "content", bound: 2_000) }
        // An edit says null to empty a field.
        if members["content"] == .null { content = "" }
        embeds = try MessageDraft.objects(members["embeds"], "embeds", bound: 10)
        components = try MessageDraft.objects(members["components"], "components", bound: 40)
        try EmbedRules.check(embeds ?? [])
        try readNonce(members)
        try readReference(members)
        try readAllowedMentions(members)
        if let value = given(members["flags"]) {
            guard let bits = value.integer, bits >= 0 else {
                throw .invalid("flags", code: "NUMBER_TYPE_COERCE", message: "Value is not a flag set.")
            }
            flags = bits & (4 | 64 | 4_096 | 32_768)
        }
        try ComponentRules.check(components ?? [], isV2: flags & 32_768 != 0)
    }

    private func given(_ value: JSON?) -> JSON? { value == .null ? nil : value }

    /// A string within `bound` UTF-16 units: how Discord counts is not documented, and this is never too few.
    static func text(_ value: JSON, _ field: String, bound: Int) throws(Refused) -> String {
        guard let text = value.string else {
            throw .invalid(field, code: "STRING_TYPE_CONVERT", message: "Could not interpret the value as a string.")
        }
        guard text.utf16.count <= bound else {
            throw .invalid(field, code: "BASE_TYPE_MAX_LENGTH", message: "Must be \(bound) or fewer in length.")
        }
        return text
    }

    private static func objects(_ value: JSON?, _ field: String, bound: Int) throws(Refused) -> [JSON]? {
        guard let value else { return nil }
        if value == .null { return [] }
        guard let elements = value.array, elements.allSatisfy({ $0.object != nil }) else {
            throw .invalid(field, code: "LIST_TYPE_CONVERT", message: "Only lists of dictionaries may be used here.")
        }
        guard elements.count <= bound else {
            throw .invalid(field, code: "BASE_TYPE_MAX_LENGTH", message: "Must be \(bound) or fewer in length.")
        }
        return elements
    }

    private mutating func readNonce(_ members: [String: JSON]) throws(Refused) {
        guard let value = given(members["nonce"]) else { return }
        if value.integer == nil { _ = try MessageDraft.text(value, "nonce", bound: 25) }
        nonce = value
        enforcesNonce = members["enforce_nonce"]?.bool ?? false
    }

    private mutating func readReference(_ members: [String: JSON]) throws(Refused) {
        guard let value = given(members["message_reference"]) else { return }
        guard let id = Snowflake(value["message_id"]) else {
            throw .invalid("message_reference", "message_id", code: "NUMBER_TYPE_COERCE", message: "Value is not snowflake.")
        }
        replyTo = id
        failsIfNotExists = value["fail_if_not_exists"]?.bool ?? true
    }

    private mutating func readAllowedMentions(_ members: [String: JSON]) throws(Refused) {
        guard let value = given(members["allowed_mentions"]) else { return }
        guard value.object != nil, value["parse"] == nil || value["parse"]?.array != nil else {
            throw .invalid("allowed_mentions", code: "DICT_TYPE_CONVERT", message: "Only dictionaries may be used in a DictType")
        }
        let kinds = (value["parse"]?.array ?? []).map { $0.string ?? "" }
        guard kinds.allSatisfy({ ["users", "roles", "everyone"].contains($0) }) else {
            throw .invalid(
                "allowed_mentions", "parse", code: "BASE_TYPE_CHOICES", message: "Value must be one of users, roles, everyone.")
        }
        for kind in ["users", "roles"] {
            let ids = value[kind]?.array ?? []
            guard ids.count <= 100, ids.allSatisfy({ Snowflake($0) != nil }) else {
                throw .invalid(
                    "allowed_mentions", kind, code: "BASE_TYPE_MAX_LENGTH", message: "Must be 100 or fewer snowflakes.")
            }
            guard ids.isEmpty || !kinds.contains(kind) else {
                throw .invalid(
                    "allowed_mentions", code: "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                    message: "parse:[\"\(kind)\"] and \(kind): [ids...] are mutually exclusive.")
            }
        }
        let users = value["users"]?.array ?? []
        allowedMentions = AllowedMentions(
            parsesUsers: kinds.contains("users"),
            users: Set(users.compactMap { Snowflake($0) }),
            repliedUser: value["replied_user"]?.bool ?? false
        )
    }

    /// Whom the text notifies, the author of the answered message among them if that is wanted.
    func mentions(in text: String, repliedAuthor: Snowflake?) -> [Snowflake] {
        var mentions = Mentions.mentioned(in: text).filter { allowedMentions.parsesUsers || allowedMentions.users.contains($0) }
        if let repliedAuthor, allowedMentions.repliedUser ?? true, !mentions.contains(repliedAuthor) {
            mentions.append(repliedAuthor)
        }
        return mentions
    }
}
