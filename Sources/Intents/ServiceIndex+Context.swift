/// When an ordinary word means a service.
///
/// “is line down”, “the line app”, “teams keeps crashing”, “call me on teams” speak of services;
/// “the line was long”, “both teams won”, “my signal is bad”, “kick me” do not.
extension ServiceIndex {
    /// How far a word of context may stand, in tokens.
    private static let reach = 3

    func isInContext(_ range: Range<Int>, of text: NormalizedText) -> Bool {
        // “(x) dms won't load”: a label.
        if range.count == 1, text.tokens[range.lowerBound].isLabel { return true }
        let before = range.lowerBound > 0 ? text.tokens[range.lowerBound - 1] : nil
        let after = range.upperBound < text.tokens.count ? text.tokens[range.upperBound] : nil
        // “the line app”: the word after it says so.
        if let after, Self.appWords.contains(after.hash) { return true }
        // “kick him”: a verb; “the line”, “both teams”: a thing.
        if let after, Self.objects.contains(after.hash) { return false }
        if let before, Self.determiners.contains(before.hash) { return false }
        let length = text.tokens[range].reduce(0) { $0 + $1.range.count }
        if length == 1, !isSubject(before: before, after: after) { return false }
        if let before, length >= 5, Self.carriers.contains(before.hash) { return true }
        // “is zoom not letting anyone in”: what is asked about.
        if let before, let after, length > 1, Self.verbs.contains(before.hash), after.word.wordClass == .negation { return true }
        return hasContext(around: range, of: text)
    }

    /// “The kick stream is down” is about the site for streams, even in a chat about Kik.
    func speaksOfStreaming(_ text: NormalizedText) -> Bool {
        text.tokens.contains { Self.streaming.contains($0.hash) }
    }

    private func hasContext(around range: Range<Int>, of text: NormalizedText) -> Bool {
        let near = max(0, range.lowerBound - Self.reach)..<min(text.tokens.count, range.upperBound + Self.reach)
        var speaksOfState = false
        var speaksOfWork = false
        for position in near where !range.contains(position) {
            switch text.tokens[position].word.wordClass {
            case .down, .fault, .thing, .update: return true
            case .work: speaksOfWork = true
            case .be, .negation: speaksOfState = true
            default: break
            }
        }
        // “steam isn't working”, but not “teams work together”.
        return speaksOfWork && speaksOfState
    }

    /// A single letter counts only where a name stands: “is x down”, “x wont load”, “post on x”.
    private func isSubject(before: NormalizedText.Token?, after: NormalizedText.Token?) -> Bool {
        if let before, Self.beforeSubject.contains(before.hash) { return true }
        switch after?.word.wordClass {
        case .be, .negation, .down, .fault, .work, .thing: return true
        default: return false
        }
    }

    private static func hashes(_ words: String) -> Set<UInt64> {
        Set(words.split(separator: " ").map { Hashing.hash($0.utf8) })
    }

    private static let appWords = hashes(
        "app apps server servers messenger account login notifications client launcher outage website support dms"
    )
    private static let objects = hashes(
        "me him her them us you it the a an out off up back into through between of and der die das")
    private static let determiners = hashes(
        """
        the a an my your our his her their this that these those both all some no any every two three each which what long bad good weak \
        strong phone wifi cell first el la los las mi un una o os as meu minha der die das mein meine le les mon ma
        """
    )
    private static let streaming = hashes("stream streams streaming streamer streamers streamed twitch com")
    private static let carriers = hashes("on via using over auf sur no en por")
    private static let verbs = hashes("is does did has ist hat esta est")
    private static let beforeSubject = hashes("is on into to does hat ist est o")
}
