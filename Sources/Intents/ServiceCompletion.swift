public import Status

/// Offers services for what somebody is typing: by the beginning of a name, then of a word in it, then anywhere in it, then with a slip.
public struct ServiceCompletion: Sendable {
    /// Fewer good ones than this, and names with a slip in them are looked for too.
    private static let enough = 5
    /// More of what is typed than this is not looked at.
    private static let longest = 40

    /// A name of a service, folded.
    private struct Name {
        let letters: [UInt8]
        let service: Int32
        let isAlias: Bool
        /// Which of 64 kinds of letters it holds: names that differ in too many cannot be near each other.
        let kinds: UInt64
    }

    private let services: [Service]
    private let names: [Name]
    private let exact: [[UInt8]: Int]

    /// - Parameter services: in the order in which they are offered before anything is typed.
    public init(_ services: [Service]) {
        self.services = services
        var names: [Name] = []
        var exact: [[UInt8]: Int] = [:]
        for (index, service) in services.enumerated() {
            // Where a service is asked for, an ordinary word is a service's name too.
            let others = service.aliases + service.contextNames + service.uncertainNames
            for (place, name) in ([service.name, service.id.rawValue] + others).enumerated() {
                let letters = Self.folded(name)
                guard !letters.isEmpty else { continue }
                if exact[letters] == nil { exact[letters] = index }
                names.append(Name(letters: letters, service: Int32(index), isAlias: place > 0, kinds: Self.kinds(letters)))
            }
        }
        self.names = names
        self.exact = exact
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
        var places: [ServiceID: Int] = [:]
        for (place, service) in recent.enumerated() where places[service] == nil { places[service] = place }
        guard !typed.isEmpty else {
            let first = recent.compactMap { id in services.first { $0.id == id } }
            let others = services.lazy.filter { !recent.contains($0.id) }.prefix(most)
            return Array((first + others).prefix(most))
        }
        var ranks: [Int32: Int] = [:]
        func note(_ name: Name, _ rank: Int) {
            ranks[name.service] = min(ranks[name.service] ?? .max, rank + (name.isAlias ? 1 : 0))
        }
        for name in names { if let rank = Self.rank(typed, in: name.letters) { note(name, rank) } }
        if ranks.count < Self.enough, typed.count >= 3 {
            let kinds = Self.kinds(typed)
            for name in names where ranks[name.service] == nil && Self.mayBeNear(kinds, name.kinds) {
                if let slips = Self.slips(typed, in: name.letters) { note(name, 60 + 10 * slips) }
            }
        }
        let ordered = ranks.sorted { left, right in
            let (one, two) = (services[Int(left.key)], services[Int(right.key)])
            let (first, second) = (places[one.id] ?? .max, places[two.id] ?? .max)
            return (left.value / 10, first, left.value, one.name.utf8.count, left.key)
                < (right.value / 10, second, right.value, two.name.utf8.count, right.key)
        }
        return ordered.prefix(most).map { services[Int($0.key)] }
    }

    /// The lower the better: the whole, its beginning, a word's beginning, within it; nil when it is not in there.
    private static func rank(_ typed: [UInt8], in name: [UInt8]) -> Int? {
        guard name.count >= typed.count else { return nil }
        if name.starts(with: typed) { return name.count == typed.count ? 0 : 10 }
        guard name.count > typed.count else { return nil }
        let first = typed[0]
        var found: Int?
        for start in 1...(name.count - typed.count) where name[start] == first {
            guard name[start...].starts(with: typed) else { continue }
            if name[start - 1] == UInt8(ascii: " ") { return 20 }
            found = 40
        }
        return found
    }

    private static func kinds(_ letters: [UInt8]) -> UInt64 {
        letters.reduce(0) { $0 | 1 << UInt64($1 & 63) }
    }

    /// What is typed may lack letters that the name goes on with, not the other way round: more than two others are no slip.
    private static func mayBeNear(_ typed: UInt64, _ name: UInt64) -> Bool {
        (typed & ~name).nonzeroBitCount <= 2
    }

    /// How many slips lie between what is typed and the beginning of a name, 1 or 2; nil for more. Two letters changed over are one slip.
    private static func slips(_ typed: [UInt8], in name: [UInt8]) -> Int? {
        let most = typed.count < 5 ? 1 : 2
        let name = name.prefix(typed.count + most)
        guard name.count + most >= typed.count else { return nil }
        var before: [Int] = []
        var last = Array(0...name.count)
        for (row, letter) in typed.enumerated() {
            var next = [row + 1]
            for (column, other) in name.enumerated() {
                var best = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, next[column] + 1)
                if row > 0, column > 0, letter == name[column - 1], typed[row - 1] == other {
                    best = min(best, before[column - 1] + 1)
                }
                next.append(best)
            }
            guard next.min() ?? 0 <= most else { return nil }
            (before, last) = (last, next)
        }
        // What follows has not been typed yet.
        guard let slips = last.min(), slips <= most else { return nil }
        return max(1, slips)
    }

    /// Lower case without accents, one blank between words.
    private static func folded(_ text: String) -> [UInt8] {
        let text = TextNormalizer.normalize(String(text.prefix(longest)))
        return Array(text.words.joined(separator: " ").utf8)
    }
}
