/// The names that a `Glance` looks for, in the forms in which it finds them fast.
struct GlanceNames: Sendable {
    /// What a word is to the names.
    struct Role: OptionSet {
        let rawValue: UInt8
        /// A name by itself.
        static let name = Role(rawValue: 1)
        /// One with an s, too.
        static let inflects = Role(rawValue: 2)
        /// The first of a name of several words.
        static let opens = Role(rawValue: 4)
        /// Not one word but the first two of a name.
        static let pair = Role(rawValue: 8)
    }

    private(set) var openings = GlanceOpenings()
    /// By hash, in the first free place from the one on that the hash points to. There always is a free one.
    private var roles: [(hash: UInt64, role: Role)]
    /// Names that tolerate a slip, one after another, sorted.
    private var longNames: [UInt8] = []
    private var longRanges: [Range<Int>] = []
    /// Those of `longRanges` whose first byte ends in the five bits that number the place.
    private var longByInitial = [Range<Int>](repeating: 0..<0, count: 32)

    static let down = Hashing.hash("down".utf8)

    init(_ services: [ServiceNames]) {
        roles = []
        var known: [UInt64: Role] = [:]
        var long: [[UInt8]] = []
        for service in services {
            for name in service.names { add(TextNormalizer.normalize(name), isSure: true, to: &known, &long) }
            for name in service.contextNames { add(TextNormalizer.normalize(name), isSure: false, to: &known, &long) }
        }
        store(known)
        store(long.sorted { ($0[0] & 31, $0.count) < ($1[0] & 31, $1.count) })
    }
}

// MARK: Asking

extension GlanceNames {
    func role(of hash: UInt64) -> Role {
        var place = Int(truncatingIfNeeded: hash) & (roles.count - 1)
        while roles[place].role != [] {
            if roles[place].hash == hash { return roles[place].role }
            place = (place + 1) & (roles.count - 1)
        }
        return []
    }

    func isPair(_ first: UInt64, _ second: UInt64) -> Bool {
        role(of: Hashing.combine(first, second)).contains(.pair)
    }

    /// Whether a word is a name with an s, or with a slip of the finger.
    func isNearName(_ word: GlanceReader.Word, hash: UInt64) -> Bool {
        if word.count >= 4, word.last == UInt8(ascii: "s"), role(of: Hashing.hash(word.dropLast())).contains(.inflects) {
            return true
        }
        guard word.count >= ServiceIndex.shortestForgivingName, let first = word.first else { return false }
        return longNames.withUnsafeBufferPointer { names in
            longRanges[longByInitial[Int(first & 31)]].contains { range in
                names[range.lowerBound] == first && isOneSlipApart(word, names[range])
            }
        } && !ServiceIndex.isOrdinary(hash)
    }
}

// MARK: Noting names

extension GlanceNames {
    private mutating func add(_ name: NormalizedText, isSure: Bool, to known: inout [UInt64: Role], _ long: inout [[UInt8]]) {
        guard let first = name.tokens.first else { return }
        let word = name.bytes[first.range]
        var role = Role.name
        if name.tokens.count > 1, name.tokens[1].kind == .word {
            role = .opens
            known[Hashing.combine(first.hash, name.tokens[1].hash), default: []].insert(.pair)
        } else if name.tokens.count == 1, isSure {
            role = [.name, .inflects]
        }
        known[first.hash, default: []].formUnion(role)
        let forgives = role.contains(.inflects) && word.count >= ServiceIndex.shortestForgivingName
        if forgives { long.append(Array(word)) }
        openings.note(word, forgives: forgives)
    }

    private mutating func store(_ known: [UInt64: Role]) {
        var places = 16
        while places < known.count * 4 { places *= 2 }
        roles = [(hash: UInt64, role: Role)](repeating: (0, []), count: places)
        for (hash, role) in known {
            var place = Int(truncatingIfNeeded: hash) & (places - 1)
            while roles[place].role != [] { place = (place + 1) & (places - 1) }
            roles[place] = (hash, role)
        }
    }
    private mutating func store(_ long: [[UInt8]]) {
        for name in long {
            let initial = Int(name[0] & 31)
            let first = longByInitial[initial].isEmpty ? longRanges.count : longByInitial[initial].lowerBound
            longRanges.append(longNames.count..<(longNames.count + name.count))
            longByInitial[initial] = first..<longRanges.count
            longNames += name
        }
    }
}
