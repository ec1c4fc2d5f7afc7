/// Takes the features of a message one after another.
protocol FeatureSink {
    /// - Parameter bucket: below `FeatureExtractor.buckets`.
    mutating func add(bucket: Int, value: Float)
}

/// One feature of a message.
struct Feature: Equatable {
    var bucket: Int32
    var value: Float
}

/// Turns a message into hashed features.
///
/// Words, pairs of words and pairs with a gap; letter groups inside words, for typos and inflections; the kinds of the words and their
/// order, which carry over from one language to the other; and the shape of the message. Names of services are all the same word.
enum FeatureExtractor {
    /// Features fall into so many buckets.
    static let buckets = 1 << 15

    /// The features of a message, of length 1 in the Euclidean sense.
    static func features(of text: NormalizedText, mentions: [ServiceIndex.Mention]) -> [Feature] {
        var list = FeatureList()
        list.features.reserveCapacity(text.tokens.count * 12 + 16)
        extract(text, mentions: mentions, into: &list)
        return list.normalized()
    }

    /// Gives the features of a message to `sink`, not yet of any particular length.
    static func extract(_ text: NormalizedText, mentions: [ServiceIndex.Mention], into sink: inout some FeatureSink) {
        let tokens = text.tokens.span
        let bytes = text.bytes.span
        var words = WordFeatures()
        var kinds = KindFeatures()
        var shape = ShapeFeatures()
        var next = 0
        var position = 0
        while position < tokens.count {
            let token = tokens[position]
            var isName = false
            if next < mentions.count, mentions[next].tokens.lowerBound == position {
                position = mentions[next].tokens.upperBound
                next += 1
                isName = true
            } else {
                position += 1
            }
            if isName || token.kind != .word {
                let hash = isName ? service : token.kind == .site ? site : token.hash
                words.add(hash, to: &sink)
                if isName || token.kind == .site { kinds.add(KindFeatures.name, to: &sink) }
                shape.add(isKnown: true, asks: !isName && hash == questionMark)
            } else {
                words.add(token.hash, to: &sink)
                addLetters(bytes, token.range, to: &sink)
                if let kind = token.word.wordClass { kinds.add(UInt64(kind.rawValue), to: &sink) }
                shape.add(isKnown: token.word.wordClass != nil, asks: false)
            }
        }
        words.end(&sink)
        kinds.end(&sink)
        for accent in 0..<UInt64(Accents.count) where text.accents.rawValue >> accent & 1 != 0 { sink.add(.accent, accent, 1) }
        shape.end(isNamed: !mentions.isEmpty, &sink)
    }

    private static let service = Hashing.hash("{service}".utf8)
    private static let site = Hashing.hash("{site}".utf8)
    private static let questionMark = Hashing.hash("?".utf8)

    /// Groups of four letters, the word's edges being letters too; a short word is one group.
    private static func addLetters(_ bytes: Span<UInt8>, _ word: Range<Int>, to sink: inout some FeatureSink) {
        guard word.count >= 4 else { return }
        let edge = UInt32(UInt8(ascii: "^"))
        var group = edge
        for place in word.lowerBound..<(word.lowerBound + 3) { group = group << 8 | UInt32(bytes[place]) }
        sink.add(.letters, UInt64(group), 0.35)
        for place in (word.lowerBound + 3)..<word.upperBound {
            group = group << 8 | UInt32(bytes[place])
            sink.add(.letters, UInt64(group), 0.35)
        }
        sink.add(.letters, UInt64(group << 8 | edge), 0.35)
    }
}

/// What a feature is of: the same hash means different things in different groups.
private enum FeatureGroup: UInt64 {
    case word = 1, pair, gap, triple, letters, kind, kindPair, kindTriple, shape, accent
}

extension FeatureSink {
    @inline(__always)
    fileprivate mutating func add(_ group: FeatureGroup, _ hash: UInt64, _ value: Float) {
        let bucket = Hashing.mix(hash &+ group.rawValue &* 0xA24B_AED4_963E_E407) >> 49
        add(bucket: Int(truncatingIfNeeded: bucket), value: value)
    }
}

/// Words, and how they follow one another.
private struct WordFeatures {
    private static let edge = Hashing.hash("{edge}".utf8)
    private var last = Self.edge
    private var beforeLast = Self.edge

    mutating func add(_ word: UInt64, to sink: inout some FeatureSink) {
        sink.add(.word, word, 1)
        sink.add(.pair, Hashing.combine(last, word), 1)
        if beforeLast != Self.edge {
            sink.add(.gap, Hashing.combine(beforeLast, word), 0.6)
            sink.add(.triple, Hashing.combine(Hashing.combine(beforeLast, last), word), 0.6)
        }
        (beforeLast, last) = (last, word)
    }

    func end(_ sink: inout some FeatureSink) {
        sink.add(.pair, Hashing.combine(last, Self.edge), 1)
    }
}

/// Kinds of words, and how they follow one another; words without a kind are passed over.
private struct KindFeatures {
    /// A name is a kind of its own.
    static let name: UInt64 = 100
    private static let start: UInt64 = 200
    private static let end: UInt64 = 201
    private var last = Self.start
    private var beforeLast = Self.start

    mutating func add(_ kind: UInt64, to sink: inout some FeatureSink) {
        sink.add(.kind, kind, 0.7)
        sink.add(.kindPair, last &* 256 &+ kind, 0.7)
        if beforeLast != Self.start { sink.add(.kindTriple, (beforeLast &* 256 &+ last) &* 256 &+ kind, 0.5) }
        (beforeLast, last) = (last, kind)
    }

    func end(_ sink: inout some FeatureSink) {
        sink.add(.kindPair, last &* 256 &+ Self.end, 0.7)
    }
}

/// How long a message is, how much of it is known, whether it asks and names.
private struct ShapeFeatures {
    private var length = 0
    private var known = 0
    private var asks = false

    mutating func add(isKnown: Bool, asks: Bool) {
        length += 1
        if isKnown { known += 1 }
        if asks { self.asks = true }
    }

    func end(isNamed: Bool, _ sink: inout some FeatureSink) {
        let share = UInt64(length == 0 ? 0 : known * 4 / length)
        let sort: UInt64 = (asks ? 1 : 0) + (isNamed ? 2 : 0)
        sink.add(.shape, share, 1)
        sink.add(.shape, 10 + UInt64(min(length, 24) / 4), 0.6)
        sink.add(.shape, 20 + sort, 1)
        sink.add(.shape, 30 + share * 4 + sort, 0.8)
        if length == 1 { sink.add(.shape, isNamed ? 60 : 61, 1) }
    }
}

/// Keeps the features, to learn from.
private struct FeatureList: FeatureSink {
    var features: [Feature] = []

    mutating func add(bucket: Int, value: Float) {
        features.append(Feature(bucket: Int32(bucket), value: value))
    }

    func normalized() -> [Feature] {
        let square = features.reduce(Float(0)) { $0 + $1.value * $1.value }
        guard square > 0 else { return [] }
        let scale = 1 / square.squareRoot()
        return features.map { Feature(bucket: $0.bucket, value: $0.value * scale) }
    }
}
