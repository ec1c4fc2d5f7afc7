/// Folds one scalar at a time to what people mean by it: lower case, no accents, plain apostrophes, plain letters for fancy ones.
struct LetterFolding {
    private(set) var bytes: [UInt8] = []
    private(set) var accents: Accents = []

    mutating func append(_ scalar: Unicode.Scalar) {
        if !scalar.isASCII { noteAccent(scalar) }
        Self.fold(scalar) { bytes.append($0) }
    }

    /// Folds all of a text in UTF-8.
    mutating func append(_ utf8: UnsafeBufferPointer<UInt8>) {
        bytes.reserveCapacity(bytes.count + utf8.count)
        var position = 0
        while position < utf8.count {
            if utf8[position] < 0x80 {
                bytes.append(Self.foldASCII(utf8[position]))
                position += 1
            } else {
                append(utf8.scalar(at: &position))
            }
        }
    }

    /// Ends the text that was cut off here: half a word is no word. What has no end within 512 bytes stays.
    mutating func dropLastWord() {
        let word = bytes.reversed().prefix { Self.isInWord($0) }
        if word.count <= 512 { bytes.removeLast(word.count) }
    }

    /// The same for the beginning of the bytes from `start` on, of whatever length.
    mutating func dropWord(from start: Int) {
        let word = bytes[start...].prefix { Self.isInWord($0) }
        bytes.replaceSubrange(word.indices, with: CollectionOfOne(UInt8(ascii: " ")))
    }

    private static func isInWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "'"), 0x80...: true
        default: false
        }
    }

    /// What a scalar is folded to, byte by byte.
    static func fold(_ scalar: Unicode.Scalar, _ emit: (UInt8) -> Void) {
        if let plain = plain(scalar) {
            emit(plain)
            return
        }
        if isIgnored(scalar) { return }
        if isPicture(scalar) {
            emit(UInt8(ascii: " "))
            emitUTF8(of: scalar, emit)
            emit(UInt8(ascii: " "))
            return
        }
        switch scalar.value {
        case 0xBF, 0x37E, 0x61F:
            emit(UInt8(ascii: "?"))
        case 0xA1:
            break
        case 0xB4, 0x2018, 0x2019, 0x201B, 0x2BC:
            emit(UInt8(ascii: "'"))
        default:
            foldOther(scalar, emit)
        }
    }

    /// The one ASCII character that a scalar is another form of.
    static func plain(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar.value {
        case ..<0x80: foldASCII(UInt8(truncatingIfNeeded: scalar.value))
        case 0xC0...0x17F: latin[Int(scalar.value - 0xC0)]
        case 0xFF01...0xFF5E: foldASCII(UInt8(truncatingIfNeeded: scalar.value - 0xFEE0))
        case 0x1D400...0x1D6A3: UInt8(ascii: "a") + UInt8((scalar.value - 0x1D400) % 26)
        case 0x24B6...0x24E9: UInt8(ascii: "a") + UInt8((scalar.value - 0x24B6) % 26)
        default: nil
        }
    }

    /// Marks on letters, and what cannot be seen.
    static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x300...0x36F, 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFE00...0xFE0F, 0xFEFF, 0x1F3FB...0x1F3FF,
            0xE0000...0xE0FFF:
            true
        default:
            false
        }
    }

    /// Emoji, each a word of its own.
    static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2600...0x27BF, 0x1F000...0x1FAFF: true
        default: false
        }
    }

    /// Small Cyrillic letters, kana, Han and Hangul: letters that fold to themselves, known without a look at Unicode's tables.
    static func isOwnLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x430...0x45F, 0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FFF, 0xAC00...0xD7A3: true
        default: false
        }
    }

    static func foldASCII(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        case UInt8(ascii: "`"): UInt8(ascii: "'")
        case ..<0x20, 0x7F: UInt8(ascii: " ")
        default: byte
        }
    }

    private static func foldOther(_ scalar: Unicode.Scalar, _ emit: (UInt8) -> Void) {
        if isOwnLetter(scalar) {
            emitUTF8(of: scalar, emit)
            return
        }
        let properties = scalar.properties
        if properties.isAlphabetic {
            for byte in properties.lowercaseMapping.utf8 { emit(byte) }
        } else if properties.generalCategory != .nonspacingMark {
            emit(UInt8(ascii: " "))
        }
    }

    private static func emitUTF8(of scalar: Unicode.Scalar, _ emit: (UInt8) -> Void) {
        for byte in UTF8.encode(scalar) ?? .init() { emit(byte) }
    }

    private mutating func noteAccent(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "ñ", "Ñ", "¡": accents.insert(.spanish)
        case "ã", "õ", "Ã", "Õ": accents.insert(.portuguese)
        case "ß", "ä", "ö", "ü", "Ä", "Ö", "Ü": accents.insert(.german)
        case "è", "ù", "œ", "î", "û", "È": accents.insert(.french)
        default: break
        }
    }

    /// U+00C0 ... U+017F, one letter each: Latin-1's letters, then Latin Extended-A.
    private static let latin = Array(
        ("aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy"
            + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllll"
            + "nnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8
    )
}
