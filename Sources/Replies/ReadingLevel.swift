/// How many years of school an English text takes to be read with ease: the grade of Flesch and Kincaid (Kincaid et al., 1975), which
/// counts words in a sentence and syllables in a word.
///
/// What people read here they read on a phone, annoyed. Syllables are counted by groups of vowels, which is right for nine words in ten.
public enum ReadingLevel {
    /// Shorter texts have no level worth the name.
    public static let fewestWords = 25

    /// Nil for a text that is too short to tell.
    public static func grade(of text: String) -> Double? {
        let sentences = text.split { ".!?:;→\n".contains($0) }
        var (words, syllables, full) = (0, 0, 0)
        for sentence in sentences {
            let found = sentence.split { !$0.isLetter && $0 != "'" && $0 != "’" && $0 != "-" }.filter {
                $0.contains(where: \.isLetter)
            }
            guard !found.isEmpty else { continue }
            full += 1
            words += found.count
            syllables += found.reduce(0) { $0 + self.syllables(in: $1) }
        }
        guard words >= fewestWords else { return nil }
        return 0.39 * Double(words) / Double(full) + 11.8 * Double(syllables) / Double(words) - 15.59
    }

    static func syllables(in word: Substring) -> Int {
        var letters = Array(word.lowercased().filter(\.isLetter))
        guard letters.count > 3 else { return 1 }
        // A silent e at the end makes no syllable: “late”, “ended” does, “table” does.
        if letters.suffix(2) == ["e", "s"] || letters.suffix(2) == ["e", "d"] {
            let before = letters[letters.count - 3]
            if !isVowel(before), !(letters.last == "d" ? "td" : "szxgc").contains(before) { letters.removeLast(2) }
        } else if letters.last == "e", !letters.suffix(2).starts(with: ["l"]), !isVowel(letters[letters.count - 2]) {
            letters.removeLast()
        }
        var (count, wasVowel) = (0, false)
        for letter in letters {
            let vowel = isVowel(letter)
            if vowel, !wasVowel { count += 1 }
            wasVowel = vowel
        }
        return max(1, count)
    }

    private static func isVowel(_ letter: Character) -> Bool { "aeiouy".contains(letter) }
}
