/// An XML document as feeds are: elements and their text, namespaces' prefixes kept, attributes passed over.
///
/// Its own reader, because the library's would follow entities. Here a document type is skipped whole: nothing in it is declared, nothing
/// outside is loaded, and an entity beyond the five of XML and the numbered ones stays as it stands. Depth, elements and text have bounds.
struct FeedXML {
    struct Element {
        var name: String
        var text = ""
        var children: [Int] = []
    }

    /// The first is the root.
    private(set) var elements: [Element] = []

    /// The root's name.
    var root: String { elements.first?.name ?? "" }

    private static let mostElements = 200_000
    /// Of one element; what is beyond is cut off.
    fileprivate static let mostText = 200_000

    /// nil for what is no XML, or does not end.
    init?(_ text: String) {
        var reader = FeedXMLReader(Array(text.utf8))
        var open: [Int] = []
        var isClosed = false
        while let token = reader.next() {
            switch token {
            case .open(let name, let isEmpty):
                guard !isClosed, elements.count < Self.mostElements, open.count < FeedLimits.depth else { return nil }
                elements.append(Element(name: name))
                if let parent = open.last { elements[parent].children.append(elements.count - 1) }
                if !isEmpty { open.append(elements.count - 1) } else if open.isEmpty { isClosed = true }
            case .close(let name):
                guard let last = open.popLast(), elements[last].name == name else { return nil }
                if open.isEmpty { isClosed = true }
            case .text(let text):
                guard let last = open.last, elements[last].text.utf8.count < Self.mostText else { continue }
                elements[last].text += text
            }
        }
        guard isClosed, open.isEmpty, !reader.isBroken else { return nil }
    }

    /// An element with its document, to look into.
    struct Cursor {
        fileprivate let document: FeedXML
        fileprivate let place: Int

        /// The text of an element below, by the names on the way to it.
        func text(_ path: String...) -> String? { document.text(from: place, at: path) }

        /// The same as a name or a title.
        func line(_ path: String...) -> String? {
            document.text(from: place, at: path).map { FeedText.line($0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
    }

    /// The text of an element below the root.
    func text(at path: [String]) -> String? {
        elements.isEmpty ? nil : text(from: 0, at: path)
    }

    fileprivate func text(from place: Int, at path: [String]) -> String? {
        var place = place
        for name in path {
            guard let next = elements[place].children.first(where: { elements[$0].name == name }) else { return nil }
            place = next
        }
        let text = elements[place].text.trimmingPrefix { $0.isWhitespace }
        return text.isEmpty ? nil : String(text)
    }

    /// Whether its channel says that it is of a host.
    func isAbout(_ host: String) -> Bool {
        text(at: ["channel", "link"])?.contains(host) ?? false
    }

    /// All elements of a name, wherever they stand.
    func elements(named name: String) -> [Cursor] {
        elements.indices.filter { elements[$0].name == name }.map { Cursor(document: self, place: $0) }
    }
}

/// Splits XML into tags and text.
private struct FeedXMLReader {
    enum Token {
        case open(String, isEmpty: Bool)
        case close(String)
        case text(String)
    }

    private let bytes: [UInt8]
    private var place = 0
    /// Whether it ended in the middle of something.
    private(set) var isBroken = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func next() -> Token? {
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "<") else { return .text(text()) }
            if starts(with: "<!--") {
                skip(to: "-->")
            } else if starts(with: "<![CDATA[") {
                let start = place + 9
                skip(to: "]]>")
                return .text(Self.cut(bytes[min(start, place)..<max(min(start, place), place - 3)]))
            } else if starts(with: "<!") {
                skipDeclaration()
            } else if starts(with: "<?") {
                skip(to: "?>")
            } else {
                return tag()
            }
        }
        return nil
    }

    private func starts(with mark: String) -> Bool {
        bytes[place...].starts(with: mark.utf8)
    }

    private mutating func skip(to end: String) {
        let end = Array(end.utf8)
        while place + end.count <= bytes.count {
            if bytes[place] == end[0], bytes[place...].starts(with: end) {
                place += end.count
                return
            }
            place += 1
        }
        place = bytes.count
        isBroken = true
    }

    /// A document type, with everything that it declares.
    private mutating func skipDeclaration() {
        var depth = 0
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "<"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ">"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            place += 1
            if depth == 0 { return }
        }
        isBroken = true
    }

    private mutating func tag() -> Token? {
        guard let end = endOfTag() else {
            isBroken = true
            place = bytes.count
            return nil
        }
        let inside = bytes[(place + 1)..<end]
        place = end + 1
        if inside.first == UInt8(ascii: "/") { return .close(name(inside.dropFirst())) }
        return .open(name(inside), isEmpty: inside.last == UInt8(ascii: "/"))
    }

    /// A `>` in an attribute's quotes ends nothing.
    private func endOfTag() -> Int? {
        var quote: UInt8?
        for position in place..<bytes.count {
            let byte = bytes[position]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return position
            }
        }
        return nil
    }

    private func name(_ inside: ArraySlice<UInt8>) -> String {
        String(decoding: inside.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }.prefix(128), as: UTF8.self)
    }

    private static func cut(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix(FeedXML.mostText), as: UTF8.self)
    }

    private mutating func text() -> String {
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "<") { place += 1 }
        return FeedMarkup.unescaped(Self.cut(bytes[start..<place]))
    }
}
