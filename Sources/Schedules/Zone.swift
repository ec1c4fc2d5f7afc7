import Foundation

/// A time zone, and what its clocks show.
public struct Zone: Hashable, Sendable {
    public let name: String
    private let zone: TimeZone

    /// Nil for what is no zone of the IANA database.
    public init?(_ name: String) {
        // Foundation also takes “EST” and “GMT+3”, which know nothing of summer time.
        guard name == "UTC" || name.contains("/"), let zone = TimeZone(identifier: name) else { return nil }
        self.name = name
        self.zone = zone
    }

    /// How far its clocks are ahead of UTC at a moment, both in seconds.
    func offset(at moment: Int) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment)))
    }

    /// When its clocks show a time, in seconds as if they showed UTC: once; twice where they were put back, and never where they were put
    /// forward.
    func moments(showing local: Int) -> [Int] {
        let day = 86_400
        let (before, after) = (offset(at: local - day), offset(at: local + day))
        guard before != after else { return [local - before] }
        return Set([local - before, local - after]).filter { offset(at: $0) == local - $0 }.sorted()
    }

    /// The moment at which the clocks were put forward over a time that they never show.
    func change(over local: Int) -> Int {
        change(between: local - 86_400, and: local + 86_400)
    }

    /// The first moment at which another offset holds than at the first one.
    private func change(between first: Int, and last: Int) -> Int {
        let held = offset(at: first)
        var (low, high) = (first, last)
        while high - low > 1 {
            let middle = (low + high) / 2
            if offset(at: middle) == held { low = middle } else { high = middle }
        }
        return high
    }
}
