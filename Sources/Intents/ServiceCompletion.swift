public import Status

/// Offers services for what somebody is typing: by the beginning of a name, then of a word in it, then anywhere in it, then with a slip.
///
/// Every name is looked at each time; they lie in one row of bytes, so that ten thousand services take a millisecond or two.
public struct ServiceCompletion: Sendable {
    /// Fewer good ones than this, and names with a slip in them are looked for too.
    private static let enough = 5
    /// More of what is typed than this is not looked at.
    private static let longest = 40
    private static let none = UInt8.max

    private let services: [Service]
    /// The folded names, one after another.
    private var bytes: [UInt8] = []
    private var names: [Name] = []
    private var exact: [[UInt8]: Int] = [:]

    /// A name of a service.
    private struct Name {
        let start: Int32
        let count: Int32
        let service: Int32
        let isAlias: Bool
        /// Which of 64 kinds of letters it holds: names that differ in too many cannot be near each other.
        let kinds: UInt64
    }

    /// - Parameter services: in the order in which they are offered before anything is typed.
    public init(_ services: [Service]) {
        self.services = services
        for (index, service) in services.enumerated() {
            // Where a service is asked for, an ordinary word is a service's name too.
            let others = service.aliases + service.contextNames + service.uncertainNames
            for (place, name) in ([service.name, service.id.rawValue] + others).enumerated() {
                let letters = Self.folded(name)
                guard !letters.isEmpty else { continue }
                if exact[letters] == nil { exact[letters] = index }
                names.append(
                    Name(
                        start: Int32(bytes.count), count: Int32(letters.count), service: Int32(index), isAlias: place > 0,
                        kinds: letters.withUnsafeBufferPointer { Self.kinds($0) }))
                bytes += letters
            }
        }
    }

    /// The service that is called exactly so.
    public func service(called text: String) -> Service? {
        exact[Self.folded(text)].map { services[$0] }
    }

    /// The services that may be meant, the likeliest first.
    ///
    /// - Parameter recent: what was asked about lately, the latest first: offered first while nothing is typed, and before equals.
    public func offers(for text: String, recent: [ServiceID] = [], most: Int = 25) -> [Service] {
        let typed = Self.folded(text)
        guard !typed.isEmpty else {
            let first = recent.compactMap { id in services.first { $0.id == id } }
            let others = services.lazy.filter { !recent.contains($0.id) }.prefix(most)
            return Array((first + others).prefix(most))
        }
        let fits = typed.withUnsafeBufferPointer { typed in
            bytes.withUnsafeBufferPointer { bytes in ranks(of: typed, in: bytes) }
        }
        var order: [UInt64] = []
        for (index, rank) in fits.enumerated() where rank != Self.none {
            order.append(place(of: index, rank: rank, recent: recent))
        }
        order.sort()
        return order.prefix(most).map { services[Int($0 & 0xFFFF_FFFF)] }
    }

    /// What orders the offers: how well they fit, whether they were asked about lately, and the shorter name before the longer.
    private func place(of index: Int, rank: UInt8, recent: [ServiceID]) -> UInt64 {
        let lately = recent.isEmpty ? 255 : recent.firstIndex(of: services[index].id).map { min($0, 254) } ?? 255
        let length = min(services[index].name.utf8.count, 255)
        return UInt64(rank / 10) << 56 | UInt64(lately) << 48 | UInt64(rank) << 40 | UInt64(length) << 32 | UInt64(index)
    }

    /// How well each service fits: the lower the better.
    private func ranks(of typed: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var ranks = [UInt8](repeating: Self.none, count: services.count)
        var found = 0
        func note(_ name: Name, _ rank: UInt8) {
            let service = Int(name.service)
            if ranks[service] == Self.none { found += 1 }
            ranks[service] = min(ranks[service], rank + (name.isAlias ? 1 : 0))
        }
        let kinds = Self.kinds(typed)
        func letters(_ name: Name) -> UnsafeBufferPointer<UInt8> {
            UnsafeBufferPointer(rebasing: bytes[Int(name.start)..<Int(name.start + name.count)])
        }
        // A name without a letter that is typed does not hold it.
        for name in names where kinds & ~name.kinds == 0 {
            if let rank = Self.rank(typed, in: letters(name)) { note(name, rank) }
        }
        guard found < Self.enough, typed.count >= 3 else { return ranks }
        let most = typed.count < 5 ? 1 : 2
        var rows = SlipRows()
        for name in names where (kinds & ~name.kinds).nonzeroBitCount <= most && ranks[Int(name.service)] > 50 {
            if let slips = rows.slips(typed, in: letters(name), most: most) { note(name, UInt8(60 + 10 * slips)) }
        }
        return ranks
    }

    /// The whole, its beginning, a word's beginning, within it; nil when it is not in there.
    private static func rank(_ typed: UnsafeBufferPointer<UInt8>, in name: UnsafeBufferPointer<UInt8>) -> UInt8? {
        guard name.count >= typed.count else { return nil }
        var within: UInt8?
        for start in 0...(name.count - typed.count) where name[start] == typed[0] {
            var length = 1
            while length < typed.count, name[start + length] == typed[length] { length += 1 }
            guard length == typed.count else { continue }
            if start == 0 { return name.count == typed.count ? 0 : 10 }
            if name[start - 1] == UInt8(ascii: " ") { return 20 }
            within = 40
        }
        return within
    }

    private static func kinds(_ letters: UnsafeBufferPointer<UInt8>) -> UInt64 {
        letters.reduce(0) { $0 | 1 << UInt64($1 & 63) }
    }

    /// Lower case without accents, one blank between words.
    private static func folded(_ text: String) -> [UInt8] {
        let text = TextNormalizer.normalize(String(text.prefix(longest)))
        return Array(text.words.joined(separator: " ").utf8)
    }
}

/// The rows of a table of slips, kept from one name to the next.
private struct SlipRows {
    private var before = [Int](repeating: 0, count: 64)
    private var last = [Int](repeating: 0, count: 64)
    private var next = [Int](repeating: 0, count: 64)

    /// How many slips lie between what is typed and the beginning of a name, at least 1; nil for more than `most`. Two letters changed
    /// over are one slip, and what follows in the name has not been typed yet.
    mutating func slips(_ typed: UnsafeBufferPointer<UInt8>, in name: UnsafeBufferPointer<UInt8>, most: Int) -> Int? {
        let width = min(name.count, typed.count + most)
        guard width + most >= typed.count, width + 1 < last.count else { return nil }
        for column in 0...width { last[column] = column }
        for row in 0..<typed.count {
            next[0] = row + 1
            var least = next[0]
            for column in 0..<width {
                var best = min(last[column] + (typed[row] == name[column] ? 0 : 1), last[column + 1] + 1, next[column] + 1)
                if row > 0, column > 0, typed[row] == name[column - 1], typed[row - 1] == name[column] {
                    best = min(best, before[column - 1] + 1)
                }
                next[column + 1] = best
                least = min(least, best)
            }
            guard least <= most else { return nil }
            swap(&before, &last)
            swap(&last, &next)
        }
        let slips = (0...width).reduce(Int.max) { min($0, last[$1]) }
        return slips <= most ? max(1, slips) : nil
    }
}
