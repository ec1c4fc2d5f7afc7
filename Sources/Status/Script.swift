/// The scripts in which we read names of hosts.
enum Script: Hashable {
    case latin, greek, cyrillic, japaneseOrChinese, korean

    /// Of which script a letter is; nil for letters that are refused, and for what is no letter.
    ///
    /// Only letters that stand alone and are read in one way: their lower case must be what every mapping of IDNA leaves alone
    /// (RFC 5892; `ß` and `ς`, which the versions of IDNA read differently, are thereby out), and there are no combining marks, with
    /// which one look has several spellings.
    init?(_ letter: Unicode.Scalar) {
        switch letter.value {
        // Not in every reader's tables as they are in ours; the second is also the look-alike of a Latin l.
        case 0x019B, 0x04CF: return nil
        case 0x61...0x7A, 0xDF...0x024F: self = .latin
        case 0x0370...0x03FF: self = .greek
        case 0x0400...0x04FF: self = .cyrillic
        // The mark of long vowels, hiragana, katakana, and the two blocks of Chinese characters that are in use, as they were before
        // Unicode 13.
        case 0x30FC, 0x3041...0x3096, 0x30A1...0x30FA, 0x3400...0x4DB5, 0x4E00...0x9FEF: self = .japaneseOrChinese
        case 0xAC00...0xD7A3: self = .korean
        default: return nil
        }
        guard [.lowercaseLetter, .otherLetter, .modifierLetter].contains(letter.properties.generalCategory),
            !letter.properties.changesWhenNFKCCaseFolded
        else { return nil }
    }
}
