/// Whether one insertion, deletion, replacement or swap of neighbours turns one word into the other.
func isOneSlipApart<Word: RandomAccessCollection<UInt8>>(_ left: Word, _ right: Word) -> Bool where Word.SubSequence == Word {
    guard abs(left.count - right.count) <= 1 else { return false }
    var (left, right) = (left, right)
    while let first = left.first, first == right.first {
        left.removeFirst()
        right.removeFirst()
    }
    while let last = left.last, last == right.last {
        left.removeLast()
        right.removeLast()
    }
    if max(left.count, right.count) <= 1 { return true }
    return left.count == 2 && right.count == 2 && left.first == right.last && left.last == right.first
}
