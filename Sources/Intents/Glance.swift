/// Tells at a glance whether a text can name one of some services: false is certain, true asks for a closer look.
///
/// A bot hears every message of its guilds, and nearly none concerns it. Most words end at `openings`, a bit for each three characters
/// that a word worth reading may begin with. Such a word is read as `TextNormalizer` would, and looked up among the names. Whatever is
/// in doubt passes. Nothing is allocated and nothing is locked.
public struct Glance: Sendable {
    private let names: GlanceNames

    /// Looks for `services`, as a `ServiceIndex` of them finds them in a chat that is about none of them.
    init(_ services: [ServiceNames]) {
        names = GlanceNames(services)
    }

    /// Of longer texts `TextNormalizer` puts two parts together, and words stand side by side that did not.
    private static let longestWhole = TextNormalizer.window.head + TextNormalizer.window.tail

    /// Whether the text, in UTF-8, may name a service.
    public func mayName(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        guard utf8.count > Self.head + Self.tail else { return mayName(inAllOf: utf8) }
        // Of a long text `TextNormalizer` reads the beginning and the end, unless `Markup` takes something out before.
        let head = Markup.mayBeIn(utf8) ? min(utf8.count, Markup.reach + GlanceReader.longestWord) : Self.head
        return mayName(inAllOf: UnsafeBufferPointer(rebasing: utf8[..<head]))
            || mayName(inAllOf: UnsafeBufferPointer(rebasing: utf8[(utf8.count - Self.tail)...]))
    }

    /// In bytes, and a word more.
    private static let head = 4 * TextNormalizer.window.head + GlanceReader.longestWord
    private static let tail = 4 * TextNormalizer.window.tail + GlanceReader.longestWord

    private func mayName(inAllOf utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: GlanceReader.capacity) { letters in
            var reader = GlanceReader(text: utf8, letters: letters)
            return names.openings.withTables { passes(&reader, $0) }
        }
    }

    /// Walks over the words, and over what is not ASCII: in any order, since nothing depends on what stood before.
    private func passes(_ reader: inout GlanceReader, _ tables: GlanceOpenings.Tables) -> Bool {
        let text = reader.text
        var lastLetter: UInt64 = 0
        var lastForeign: UInt64 = 0
        for start in stride(from: 0, to: text.count, by: GlanceBlock.size) {
            let block = GlanceBlock(text, from: start)
            var words = block.letters & ~(block.letters << 1 | lastLetter)
            while words != 0 {
                let position = start + words.trailingZeroBitCount
                words &= words - 1
                if tables.opens(at: position, in: text), passes(&reader, at: position) { return true }
            }
            var runs = block.foreign & ~(block.foreign << 1 | lastForeign)
            while runs != 0 {
                let position = start + runs.trailingZeroBitCount
                runs &= runs - 1
                if passesForeign(&reader, from: position, isInWord: tables.isInWord(position, in: text)) { return true }
            }
            lastLetter = block.letters >> 63
            lastForeign = block.foreign >> 63
        }
        return false
    }

    /// Walks over what is not ASCII. Behind anything but a letter a word may begin, and an emoji is one wherever it stands.
    private func passesForeign(_ reader: inout GlanceReader, from start: Int, isInWord: Bool) -> Bool {
        var position = start
        var isInWord = isInWord
        while position < reader.text.count, reader.text[position] >= 0x80 {
            let start = position
            if names.openings.passesOver(reader.text[start]) {
                position += 1
                isInWord = false
                continue
            }
            let scalar = reader.text.scalar(at: &position)
            if LetterFolding.isIgnored(scalar) { continue }
            let plain = LetterFolding.plain(scalar)
            let begins = !isInWord || LetterFolding.isPicture(scalar)
            if begins, names.openings.mayBegin(with: scalar, plain: plain), passes(&reader, at: start) { return true }
            isInWord = plain.map(GlanceOpenings.isLetter) ?? LetterFolding.isOwnLetter(scalar)
        }
        return false
    }

    /// Whether the word that begins here may be a name, or the first of one.
    private func passes(_ reader: inout GlanceReader, at start: Int) -> Bool {
        var position = start
        guard let word = reader.readWord(&position) else { return true }
        let hash = Hashing.hash(word)
        let role = names.role(of: hash)
        if role.contains(.name) || names.isNearName(word, hash: hash) || isTagged(word) { return true }
        guard role.contains(.opens) else { return false }
        return reader.text.count > Self.longestWhole || passes(&reader, second: position, after: hash)
    }

    /// `#kikdown` is two words. That it is a tag is not looked at.
    private func isTagged(_ word: GlanceReader.Word) -> Bool {
        guard word.count > 5, word.suffix(4).elementsEqual("down".utf8) else { return false }
        let name = word.dropLast(4)
        let hash = Hashing.hash(name)
        return names.role(of: hash) != [] || names.isNearName(name, hash: hash) || names.role(of: GlanceNames.down) != []
    }

    /// Whether the next word goes on with a name.
    private func passes(_ reader: inout GlanceReader, second start: Int, after first: UInt64) -> Bool {
        var position = start
        guard let word = reader.readWord(&position) else { return true }
        let isTagged = word.count > 5 && word.suffix(4).elementsEqual("down".utf8)
        return names.isPair(first, Hashing.hash(word)) || isTagged && names.isPair(first, Hashing.hash(word.dropLast(4)))
    }
}
