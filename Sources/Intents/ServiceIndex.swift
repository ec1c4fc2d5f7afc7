import Status

/// Finds the names of services in messages.
///
/// A name counts as a whole word, with its plural or possessive, and with one slip of the finger when it has six letters or more.
/// Ordinary words that are also names count only in context (see `ServiceIndex+Context.swift`).
public struct ServiceIndex: Sendable {
    /// A name in a message.
    struct Mention: Equatable {
        /// nil for the placeholder of training examples.
        var service: ServiceID?
        /// Its tokens.
        var tokens: Range<Int>
        var certainty: Certainty
    }

    enum Certainty: Int {
        /// A name that is also an ordinary word.
        case inContext
        /// A name one slip away.
        case nearly
        case named
    }

    private struct Entry {
        var service: ServiceID
        var kind: Kind
    }

    private enum Kind {
        case name, context, home
    }

    private struct LongName {
        var bytes: [UInt8]
        var service: ServiceID
    }

    /// By the hash of the name's tokens; a name that several services use lists them all.
    private var entries: [UInt64: [Entry]] = [:]
    /// Names that tolerate a slip, by their first letter.
    private var longNames = [[LongName]](repeating: [], count: 256)
    /// How many words the longest name has that begins with a word, by that word's hash: most words begin none.
    private var openings = HashTable<Int>()

    /// Slips are forgiven from this many letters on: shorter names are too near to ordinary words.
    static let shortestForgivingName = 6
    /// Ordinary words one slip away from a name.
    private static let ordinaryWords: Set<UInt64> = Set(
        "discard discards goggle goggles goggled googled googling clause redis edit twitchy switch slacks messengers snapshot signals"
            .split(separator: " ").map { Hashing.hash($0.utf8) }
    )

    /// Whether a word, by its hash, is never a slip for a name.
    static func isOrdinary(_ word: UInt64) -> Bool {
        ordinaryWords.contains(word) || Lexicon.of(word).wordClass != nil
    }

    /// What is looked for.
    let services: [ServiceNames]

    public init(_ services: [ServiceNames]) {
        self.services = services
        var openings: [UInt64: Int] = [:]
        for service in services {
            for name in service.names { add(name, kind: .name, of: service.id, &openings) }
            for name in service.contextNames { add(name, kind: .context, of: service.id, &openings) }
            for name in service.homeNames { add(name, kind: .home, of: service.id, &openings) }
        }
        self.openings = HashTable(openings)
    }

    private mutating func add(_ name: String, kind: Kind, of service: ServiceID, _ openings: inout [UInt64: Int]) {
        let text = TextNormalizer.normalize(name)
        guard !text.tokens.isEmpty, text.tokens.count <= 4 else { return }
        let key = text.tokens.reduce(Hashing.seed) { Hashing.combine($0, $1.hash) }
        guard entries[key]?.contains(where: { $0.service == service }) != true else { return }
        entries[key, default: []].append(Entry(service: service, kind: kind))
        openings[text.tokens[0].hash, default: 0] = max(openings[text.tokens[0].hash, default: 0], text.tokens.count)
        if kind == .name, text.tokens.count == 1, text.bytes.count >= Self.shortestForgivingName {
            longNames[Int(text.bytes[0])].append(LongName(bytes: text.bytes, service: service))
        }
    }

    /// The names in a message, in its order, without overlaps: the longest name wins.
    func mentions(in text: NormalizedText, defaultService: ServiceID?) -> [Mention] {
        var mentions: [Mention] = []
        var position = 0
        while position < text.tokens.count {
            guard let mention = mention(at: position, in: text, defaultService: defaultService) else {
                position += 1
                continue
            }
            mentions.append(mention)
            position = mention.tokens.upperBound
        }
        return mentions.isEmpty ? [] : withCompanions(of: mentions, in: text)
    }

    /// With the ordinary words that a name is joined to: “snap and insta”, “whatsapp or x”.
    private func withCompanions(of mentions: [Mention], in text: NormalizedText) -> [Mention] {
        var all: [Mention] = []
        for (index, mention) in mentions.enumerated() {
            let last = all.last?.tokens.upperBound ?? 0
            if let before = companion(at: mention.tokens.lowerBound - 2, by: mention.tokens.lowerBound - 1, in: text, from: last)
            {
                all.append(before)
            }
            all.append(mention)
            let end = index + 1 < mentions.count ? mentions[index + 1].tokens.lowerBound : text.tokens.count
            let next = mention.tokens.upperBound
            if next + 1 < end, let after = companion(at: next + 1, by: next, in: text, from: next) { all.append(after) }
        }
        return all
    }

    private func companion(at position: Int, by conjunction: Int, in text: NormalizedText, from start: Int) -> Mention? {
        guard position >= start, NormalizedText.joins(text.tokens[conjunction]),
            let found = entries[Hashing.combine(Hashing.seed, text.tokens[position].hash)]?.first(where: { $0.kind == .context })
        else { return nil }
        return Mention(service: found.service, tokens: position..<(position + 1), certainty: .inContext)
    }

    private func mention(at position: Int, in text: NormalizedText, defaultService: ServiceID?) -> Mention? {
        let token = text.tokens[position]
        switch token.kind {
        case .service: return Mention(service: nil, tokens: position..<(position + 1), certainty: .named)
        case .site: return site(at: position, in: text)
        case .number, .mark: return nil
        case .word: break
        }
        return spelled(at: position, in: text, defaultService: defaultService) ?? inflected(at: position, in: text)
            ?? misspelled(at: position, in: text)
    }

    /// The longest name that begins here.
    private func spelled(at position: Int, in text: NormalizedText, defaultService: ServiceID?) -> Mention? {
        guard let words = openings[text.tokens[position].hash] else { return nil }
        var longest: Mention?
        var key = Hashing.seed
        for end in position..<min(position + words, text.tokens.count) {
            key = Hashing.combine(key, text.tokens[end].hash)
            guard let found = entries[key] else { continue }
            let range = position..<(end + 1)
            longest = resolve(found, at: range, in: text, defaultService: defaultService) ?? longest
        }
        return longest
    }

    private func resolve(_ found: [Entry], at range: Range<Int>, in text: NormalizedText, defaultService: ServiceID?) -> Mention?
    {
        // Where two services share a word, the chat's own comes first.
        let ordered = found.filter { $0.service == defaultService } + found.filter { $0.service != defaultService }
        for entry in ordered {
            switch entry.kind {
            case .name:
                return Mention(service: entry.service, tokens: range, certainty: .named)
            case .context where isInContext(range, of: text):
                return Mention(service: entry.service, tokens: range, certainty: .inContext)
            case .home where entry.service == defaultService && isInContext(range, of: text) && !speaksOfStreaming(text):
                return Mention(service: entry.service, tokens: range, certainty: .inContext)
            case .context, .home:
                continue
            }
        }
        return nil
    }

    /// `kiks`: a name and an s.
    private func inflected(at position: Int, in text: NormalizedText) -> Mention? {
        let bytes = text.bytes.span
        let word = text.tokens[position].range
        guard word.count >= 4, bytes[word.upperBound - 1] == UInt8(ascii: "s") else { return nil }
        // “How do messengers work” is about none in particular.
        guard !Self.ordinaryWords.contains(text.tokens[position].hash) else { return nil }
        return name(Hashing.hash(bytes, word.dropLast())).map {
            Mention(service: $0, tokens: position..<(position + 1), certainty: .named)
        }
    }

    /// The service that a word is a name of by itself.
    private func name(_ word: UInt64) -> ServiceID? {
        guard openings[word] != nil else { return nil }
        return entries[Hashing.combine(Hashing.seed, word)]?.first { $0.kind == .name }?.service
    }

    private func misspelled(at position: Int, in text: NormalizedText) -> Mention? {
        let token = text.tokens[position]
        guard token.range.count >= Self.shortestForgivingName, token.word.wordClass == nil else { return nil }
        let candidates = longNames[Int(text.bytes[token.range.lowerBound])]
        guard !candidates.isEmpty else { return nil }
        let word = text.bytes[token.range]
        let near = candidates.first { isOneSlipApart(word, $0.bytes[...]) && !Self.isOrdinary(token.hash) }
        return near.map { Mention(service: $0.service, tokens: position..<(position + 1), certainty: .nearly) }
    }

    /// `web.whatsapp.com`: one of the host's labels is a name.
    private func site(at position: Int, in text: NormalizedText) -> Mention? {
        let labels = text.bytes[text.tokens[position].range].split(separator: UInt8(ascii: "."))
        guard let service = labels.dropLast().reversed().lazy.compactMap({ name(Hashing.hash($0)) }).first else { return nil }
        return Mention(service: service, tokens: position..<(position + 1), certainty: .named)
    }
}
