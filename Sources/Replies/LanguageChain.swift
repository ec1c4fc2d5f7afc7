/// The languages in which to look for a text, most wanted first: `pt-BR → pt → en`.
///
/// The rule is RFC 4647's lookup: cut the tag from its end until something fits, then take the default. Tags compare without case.
func languageChain(_ tag: String) -> [String] {
    var chain: [String] = []
    // A tag of BCP 47 seldom has more than four parts; a longer one is no language that anybody has a folder for.
    var parts = tag.prefix(35).lowercased().split(separator: "-")
    while !parts.isEmpty {
        chain.append(parts.joined(separator: "-"))
        parts.removeLast()
    }
    return chain.last == ResponseCatalog.base ? chain : chain + [ResponseCatalog.base]
}
