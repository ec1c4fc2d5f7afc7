/// The members of one JSON object whose values are strings, numbers, booleans or null, found without building anything.
///
/// Journals have a million such lines. Nested values are refused: no line of a journal has one.
struct FlatJSON {
    /// Why a text is no such object, a clause without full stop.
    struct Malformed: Error, Equatable {
        let problem: String
    }

    /// More members than any line of a journal has.
    static let mostMembers = 32

    private let text: UnsafeBufferPointer<UInt8>
    private var place = 0

    /// - Parameter text: UTF-8; it outlives the reader.
    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    /// Calls `member` with each key and value, as ranges of the text: a string's without its quotes, everything else as it stands.
    mutating func read(_ member: (_ key: Range<Int>, _ value: Range<Int>, _ isString: Bool) throws(Malformed) -> Void)
        throws(Malformed)
    {
        skipBlanks()
        try expect("{")
        skipBlanks()
        if take("}") { return try end() }
        for _ in 0..<Self.mostMembers {
            skipBlanks()
            let key = try string()
            skipBlanks()
            try expect(":")
            skipBlanks()
            let isString = place < text.count && text[place] == UInt8(ascii: "\"")
            try member(key, isString ? string() : word(), isString)
            skipBlanks()
            if take("}") { return try end() }
            try expect(",")
        }
        throw Malformed(problem: "it has more than \(Self.mostMembers) members")
    }

    private mutating func end() throws(Malformed) {
        skipBlanks()
        guard place == text.count else { throw Malformed(problem: "something follows the object") }
    }

    private mutating func skipBlanks() {
        while place < text.count, text[place] == 0x20 || text[place] == 0x09 || text[place] == 0x0D { place += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard place < text.count, text[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(Malformed) {
        guard take(character) else {
            throw Malformed(problem: place < text.count ? "“\(character)” is due at byte \(place + 1)" : "it breaks off")
        }
    }

    private mutating func string() throws(Malformed) -> Range<Int> {
        try expect("\"")
        let start = place
        while place < text.count {
            switch text[place] {
            case UInt8(ascii: "\""):
                place += 1
                return start..<(place - 1)
            case UInt8(ascii: "\\"): place += 2
            case ..<0x20: throw Malformed(problem: "a control character stands in a string")
            default: place += 1
            }
        }
        throw Malformed(problem: "a string is not closed")
    }

    /// A number, true, false or null.
    private mutating func word() throws(Malformed) -> Range<Int> {
        let start = place
        while place < text.count {
            switch text[place] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"),
                UInt8(ascii: "+"),
                UInt8(ascii: "."), UInt8(ascii: "E"):
                place += 1
                continue
            default: break
            }
            break
        }
        guard place > start else { throw Malformed(problem: "a value is due at byte \(place + 1), and no object or list") }
        return start..<place
    }
}
