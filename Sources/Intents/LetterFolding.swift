/// Folds one scalar at a time to what people mean by it: lower case, no accents, plain apostrophes, plain letters for fancy ones.
struct LetterFolding {
    private(set) var bytes: [UInt8] = []
    private(set) var accents: Accents = []

    mutating func append(_ scalar: Unicode.Scalar) {
        if scalar.isASCII {
            appendASCII(UInt8(truncatingIfNeeded: scalar.value))
            return
        }
        switch scalar.value {
        case 0xC0...0x17F:
            noteAccent(scalar)
            bytes.append(Self.latin[Int(scalar.value - 0xC0)])
        case 0xBF, 0x37E, 0x61F:
            bytes.append(UInt8(ascii: "?"))
        case 0xA1:
            accents.insert(.spanish)
        case 0xB4, 0x2018, 0x2019, 0x201B, 0x2BC, 0xFF07:
            bytes.append(UInt8(ascii: "'"))
        case 0xFF01...0xFF5E:
            appendASCII(UInt8(truncatingIfNeeded: scalar.value - 0xFEE0))
        case 0x1D400...0x1D6A3:
            bytes.append(UInt8(ascii: "a") + UInt8((scalar.value - 0x1D400) % 26))
        case 0x24B6...0x24E9:
            bytes.append(UInt8(ascii: "a") + UInt8((scalar.value - 0x24B6) % 26))
        case 0x300...0x36F, 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFE00...0xFE0F, 0xFEFF, 0x1F3FB...0x1F3FF,
            0xE0000...0xE0FFF:
            break
        case 0x2600...0x27BF, 0x1F000...0x1FAFF:
            bytes.append(UInt8(ascii: " "))
            bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
            bytes.append(UInt8(ascii: " "))
        default:
            appendOther(scalar)
        }
    }

    private mutating func appendASCII(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
        case UInt8(ascii: "`"): bytes.append(UInt8(ascii: "'"))
        case ..<0x20, 0x7F: bytes.append(UInt8(ascii: " "))
        default: bytes.append(byte)
        }
    }

    private mutating func appendOther(_ scalar: Unicode.Scalar) {
        let properties = scalar.properties
        if properties.isAlphabetic {
            bytes.append(contentsOf: properties.lowercaseMapping.utf8)
        } else if properties.generalCategory != .nonspacingMark {
            bytes.append(UInt8(ascii: " "))
        }
    }

    private mutating func noteAccent(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "ñ", "Ñ": accents.insert(.spanish)
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
