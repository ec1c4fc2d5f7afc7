/// Endings of names that belong to no public host.
enum ReservedNames {
    /// Each with everything below it.
    private static let endings: Set<String> = [
        // Special-Use Domain Names (RFC 6761 and its IANA registry); all that is public below `arpa` are answers about numbers.
        "alt", "arpa", "example", "invalid", "local", "localhost", "onion", "test",
        // Set aside for private use by ICANN's resolution 2024.07.29.06.
        "internal",
        // In use on private networks: RFC 6762, appendix G, and those that ICANN will never delegate for it.
        "corp", "home", "intranet", "lan", "mail", "private",
        // What routers, systems and clusters ship with.
        "domain", "localdomain", "localnet", "router", "workgroup",
    ]

    /// The ending by which a name is reserved; nil for others. The name is in lower case.
    static func ending(of name: String) -> String? {
        let last = name.split(separator: ".").last.map(String.init) ?? name
        return endings.contains(last) ? last : nil
    }
}
