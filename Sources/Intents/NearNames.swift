import Diagnostics
import Status

/// Names that are further off than a slip of the finger: not enough to take them for meant, enough to ask.
struct NearNames {
    private struct Name {
        var letters: [UInt8]
        var service: ServiceID
    }

    /// More are no help.
    static let mostGuesses = 3
    /// Only so many words of a message are compared.
    private static let mostWords = 30

    private var names: [Name] = []
    /// Words that are known to mean something, a service or not.
    private var known: Set<UInt64> = []

    init(_ services: [ServiceNames]) {
        for service in services {
            for name in service.names {
                let letters = TextNormalizer.normalize(name)
                names.append(Name(letters: letters.bytes, service: service.id))
            }
            for name in service.contextNames + service.homeNames { known.insert(Hashing.hash(name.utf8)) }
        }
    }

    /// The services that are nearest to a word of the text; none where several words are near different ones equally.
    func services(meantIn text: NormalizedText) -> [ServiceID] {
        var nearest: [(service: ServiceID, distance: Int)] = []
        for token in text.tokens.lazy.filter(isUnknown).prefix(Self.mostWords) {
            let word = Array(text.bytes[token.range])
            for name in names {
                let bound = Self.farthest(word.count)
                guard abs(name.letters.count - word.count) <= bound, Self.farthest(name.letters.count) > 0 else { continue }
                let distance = editDistance(word, name.letters)
                guard distance <= min(bound, Self.farthest(name.letters.count)) else { continue }
                nearest.append((name.service, distance))
            }
        }
        guard let least = nearest.map(\.distance).min() else { return [] }
        var seen: Set<ServiceID> = []
        let guesses = nearest.filter { $0.distance == least && seen.insert($0.service).inserted }
        return guesses.prefix(Self.mostGuesses).map(\.service)
    }

    private func isUnknown(_ token: NormalizedText.Token) -> Bool {
        token.kind == .word && token.word == .unknown && !known.contains(token.hash) && !ServiceIndex.isOrdinary(token.hash)
    }

    /// How many slips a word of some length may have.
    private static func farthest(_ length: Int) -> Int {
        switch length {
        case ..<3: 0
        case 3...5: 1
        case 6...8: 2
        default: 3
        }
    }
}
