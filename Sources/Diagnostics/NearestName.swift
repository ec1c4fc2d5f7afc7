/// The known name that `word` was most likely meant to be; nil when none is near.
///
/// Near is a Damerau–Levenshtein distance (optimal string alignment) of at most a third of the longer word, rounded up.
public func nearestName(to word: String, among known: some Sequence<String>) -> String? {
    let scored = known.map { (name: $0, distance: editDistance(Array(word.lowercased()), Array($0.lowercased()))) }
    guard let best = scored.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }) else { return nil }
    let longer = max(word.count, best.name.count)
    return best.distance <= (longer + 2) / 3 ? best.name : nil
}

/// The number of insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
public func editDistance<Letter: Equatable>(_ left: [Letter], _ right: [Letter]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for i in 1...left.count {
        var row = [i] + [Int](repeating: 0, count: right.count)
        for j in 1...right.count {
            let substitution = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
            row[j] = min(last[j] + 1, row[j - 1] + 1, substitution)
            if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                row[j] = min(row[j], beforeLast[j - 2] + 1)
            }
        }
        (beforeLast, last) = (last, row)
    }
    return last[right.count]
}
