/// Turns a message into hashed features.
///
/// Words, pairs of words and pairs with a gap; letter groups inside words, for typos and inflections; the kinds of the words and their
/// order, which carry over from one language to the other; and the shape of the message. Names of services are all the same word.
struct FeatureExtractor {
    /// Features fall into so many buckets.
    static let buckets = 1 << 15

    struct Feature: Equatable {
        var bucket: Int32
        var value: Float
    }

    private(set) var features: [Feature] = []

    /// The features of a message, of length 1 in the Euclidean sense.
    static func features(of text: NormalizedText, mentions: [ServiceIndex.Mention]) -> [Feature] {
        var extractor = FeatureExtractor()
        extractor.features.reserveCapacity(text.tokens.count * 12 + 16)
        let units = extractor.units(of: text, mentions: mentions)
        extractor.addWords(units)
        extractor.addLetters(units, of: text)
        extractor.addClasses(units)
        extractor.addShape(units, mentions: mentions)
        return extractor.normalized()
    }

    /// One word as the model sees it.
    private struct Unit {
        var hash: UInt64
        var kind: WordClass?
        /// Its letters; nil for names and marks, whose letters say nothing.
        var letters: Range<Int>?
    }

    private enum Group: UInt64 {
        case word = 1, pair, gap, triple, letters, kind, kindPair, kindTriple, shape
    }

    private static let service = Hashing.hash("{service}".utf8)
    private static let site = Hashing.hash("{site}".utf8)
    private static let edge = Hashing.hash("{edge}".utf8)

    private func units(of text: NormalizedText, mentions: [ServiceIndex.Mention]) -> [Unit] {
        var units: [Unit] = []
        units.reserveCapacity(text.tokens.count)
        var next = mentions[...]
        var position = 0
        while position < text.tokens.count {
            if let mention = next.first, mention.tokens.lowerBound == position {
                next.removeFirst()
                position = mention.tokens.upperBound
                units.append(Unit(hash: Self.service))
                continue
            }
            let token = text.tokens[position]
            position += 1
            switch token.kind {
            case .word: units.append(Unit(hash: token.hash, kind: WordClass.of(token.hash), letters: token.range))
            case .site: units.append(Unit(hash: Self.site))
            case .number, .mark, .service: units.append(Unit(hash: token.hash))
            }
        }
        return units
    }

    private mutating func add(_ group: Group, _ hash: UInt64, _ value: Float) {
        let bucket = Hashing.mix(hash &+ group.rawValue &* 0xA24B_AED4_963E_E407) >> 49
        features.append(Feature(bucket: Int32(bucket), value: value))
    }

    private mutating func addWords(_ units: [Unit]) {
        var last = Self.edge
        var beforeLast = Self.edge
        for unit in units {
            add(.word, unit.hash, 1)
            add(.pair, Hashing.combine(last, unit.hash), 1)
            if beforeLast != Self.edge {
                add(.gap, Hashing.combine(beforeLast, unit.hash), 0.6)
                add(.triple, Hashing.combine(Hashing.combine(beforeLast, last), unit.hash), 0.6)
            }
            (beforeLast, last) = (last, unit.hash)
        }
        add(.pair, Hashing.combine(last, Self.edge), 1)
    }

    /// Groups of four letters, the word's edges being letters too; a short word is one group.
    private mutating func addLetters(_ units: [Unit], of text: NormalizedText) {
        for unit in units {
            guard let range = unit.letters, range.count >= 4 else { continue }
            let edge = UInt8(ascii: "^")
            for start in (range.lowerBound - 1)...(range.upperBound - 3) {
                var hash = Hashing.seed
                for place in start..<(start + 4) {
                    hash = Hashing.add(range.contains(place) ? text.bytes[place] : edge, to: hash)
                }
                add(.letters, hash, 0.35)
            }
        }
    }

    private mutating func addClasses(_ units: [Unit]) {
        // A name is a kind of its own; words without a kind are passed over.
        let nameKind: UInt64 = 100
        var last: UInt64 = 200
        var beforeLast: UInt64 = 200
        for unit in units {
            let kind: UInt64
            if let known = unit.kind {
                kind = UInt64(known.rawValue)
            } else if unit.hash == Self.service || unit.hash == Self.site {
                kind = nameKind
            } else {
                continue
            }
            add(.kind, kind, 0.7)
            add(.kindPair, last &* 256 &+ kind, 0.7)
            if beforeLast != 200 { add(.kindTriple, (beforeLast &* 256 &+ last) &* 256 &+ kind, 0.5) }
            (beforeLast, last) = (last, kind)
        }
        add(.kindPair, last &* 256 &+ 201, 0.7)
    }

    private mutating func addShape(_ units: [Unit], mentions: [ServiceIndex.Mention]) {
        let known = units.count { $0.kind != nil || $0.letters == nil }
        let share = units.isEmpty ? 0 : known * 4 / units.count
        let length = min(units.count, 24) / 4
        let asks = units.contains { $0.hash == Self.questionMark }
        let named = !mentions.isEmpty
        add(.shape, UInt64(share), 1)
        add(.shape, UInt64(10 + length), 0.6)
        add(.shape, UInt64(20 + (asks ? 1 : 0) + (named ? 2 : 0)), 1)
        add(.shape, UInt64(30 + share * 4 + (asks ? 1 : 0) + (named ? 2 : 0)), 0.8)
        if units.count == 1 { add(.shape, named ? 60 : 61, 1) }
    }

    private static let questionMark = Hashing.hash("?".utf8)

    private func normalized() -> [Feature] {
        let square = features.reduce(Float(0)) { $0 + $1.value * $1.value }
        guard square > 0 else { return [] }
        let scale = 1 / square.squareRoot()
        return features.map { Feature(bucket: $0.bucket, value: $0.value * scale) }
    }
}
