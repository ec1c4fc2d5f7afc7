/// How many years of school an English text takes to be read with ease: the grade of Flesch and Kincaid (Kincaid et al., 1975), which
/// counts words in a sentence and syllables in a word.
///
/// What people read here they read on a phone, annoyed. Syllables are counted by groups of vowels, which is right for nine words in ten.
public enum ReadingLevel {
    /// Shorter texts have no level worth the name.
    public static let fewestWords = 25

    /// In bytes: less has too few words in any case.
    static let shortest = 2 * fewestWords

    /// Nil for a text that is too short to tell. What a template fills in counts as a word, and so does an address.
    public static func grade(of text: String) -> Double? {
        var (words, syllables, sentences) = (0, 0, 0)
        for line in text.split(whereSeparator: { "\n→".contains($0) }) {
            var isOpen = false
            for word in line.split(separator: " ") {
                let isAddress = word.contains("://")
                let letters = isAddress ? "name" : word.filter { $0.isLetter || $0 == "'" || $0 == "’" }[...]
                if letters.contains(where: \.isLetter) {
                    words += 1
                    syllables += word.contains("{{") ? 1 : self.syllables(in: letters[...])
                    isOpen = true
                }
                if isOpen, !isAddress, word.contains(where: { ".!?:;".contains($0) }) {
                    sentences += 1
                    isOpen = false
                }
            }
            if isOpen { sentences += 1 }
        }
        guard words >= fewestWords else { return nil }
        return 0.39 * Double(words) / Double(sentences) + 11.8 * Double(syllables) / Double(words) - 15.59
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
