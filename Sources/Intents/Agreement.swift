/// “Me too”: an answer that says that somebody else has the same trouble.
enum Agreement {
    /// Short and made of nothing but words of agreement.
    static func isOne(_ text: NormalizedText) -> Bool {
        let words = text.tokens.filter { $0.kind != .mark }
        return (1...6).contains(words.count) && words.allSatisfy { filler.contains($0.hash) || core.contains($0.hash) }
            && words.contains { core.contains($0.hash) }
    }

    private static func hashes(_ words: String) -> Set<UInt64> {
        Set(words.split(separator: " ").map { Hashing.hash($0.utf8) })
    }

    private static let core = hashes(
        "too same aswell either ditto tambien igual tambem mesmo auch ebenso aussi pareil idem yep yup yes si sim ja oui")
    private static let filler = hashes(
        "me here for it is its mine the with us as well yeah to yo a mi aqui eu mim o ich bei mir hier moi chez pour ici")
}
