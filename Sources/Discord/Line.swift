/// Those who wait, in order: `<` means "goes first".
///
/// An array whose first in line stands at the end, where taking it is free. With some thousand entries, moving memory costs less than
/// a tree would.
struct Line<Entry: Comparable & Sendable>: Equatable, Sendable {
    private var backwards: [Entry] = []

    var first: Entry? { backwards.last }
    var last: Entry? { backwards.first }
    var count: Int { backwards.count }
    var isEmpty: Bool { backwards.isEmpty }

    mutating func insert(_ entry: Entry) {
        backwards.insert(entry, at: place(of: entry))
    }

    /// Takes an entry out; does nothing where it is not in line.
    mutating func remove(_ entry: Entry) {
        let place = place(of: entry)
        guard place < backwards.count, backwards[place] == entry else { return }
        backwards.remove(at: place)
    }

    /// Where the first stands that does not go after `entry`.
    private func place(of entry: Entry) -> Int {
        var (low, high) = (0, backwards.count)
        while low < high {
            let middle = (low + high) / 2
            if entry < backwards[middle] { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
