/// What a message that names no service we know speaks of.
public enum Subject: Sendable {
    /// “It”, “the app”, “the servers”, or nothing at all: whatever the chat is about.
    case unspoken
    /// Something else: “is foobar down”, “my bank app”, “the elevators”, a host name.
    case other

    /// Words read around the predicate; nobody's subject is longer.
    private static let reach = 4
    /// Only the beginning is read, in words.
    private static let longest = 200

    /// Reads what stands before the word that says how it is (“down”, “working”, “broken”): if that is a word for anything in particular,
    /// the message is not about the chat's usual service, however much it sounds like it.
    public init(of text: String) {
        let words = text.lowercased().prefix(2_000).split(whereSeparator: \.isWhitespace).prefix(Self.longest)
        if words.contains(where: Self.isHost) {
            self = .other
            return
        }
        let tokens = words.flatMap { word in
            word.split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }.map { $0.filter { $0 != "'" && $0 != "’" } }
        }
        let isOther = tokens.indices.contains { Self.predicates.contains(tokens[$0]) && Self.isOther(before: $0, in: tokens) }
        self = isOther ? .other : .unspoken
    }

    /// Whether something in particular stands before the predicate, with nothing but its own company between.
    private static func isOther(before predicate: Int, in tokens: [String]) -> Bool {
        var position = predicate - 1
        while position >= 0, predicate - position <= reach {
            let word = tokens[position]
            // “the app” is the usual one, “my bank app” is not.
            if generic.contains(word) { return position > 0 && isUnheardOf(tokens[position - 1]) }
            if usual.contains(word) || boundaries.contains(word) { return false }
            if isUnheardOf(word) { return begins(at: position, in: tokens) }
            position -= 1
        }
        return false
    }

    private static func isUnheardOf(_ word: String) -> Bool {
        ![generic, usual, boundaries, passing, predicates, openers].contains { $0.contains(word) }
    }

    /// Whether a subject begins here, or a word before: after “is”, after an article, or with the sentence.
    private static func begins(at position: Int, in tokens: [String]) -> Bool {
        for start in [position, position - 1] where start >= 0 {
            if start == 0 || openers.contains(tokens[start - 1]) { return true }
            if !isUnheardOf(tokens[start - 1]) { return false }
        }
        return false
    }

    /// `example.com`, but not “down.” or “3.5”.
    private static func isHost(_ word: Substring) -> Bool {
        let labels = word.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, let last = labels.last?.prefix(while: \.isLetter), (2...12).contains(last.count) else {
            return false
        }
        return labels.dropLast().allSatisfy { label in
            !label.isEmpty && label.allSatisfy { $0.isLetter || $0.isNumber || "-_:/@".contains($0) }
        } && labels.dropLast().contains { $0.contains(where: \.isLetter) } && labels[0].count > 1
    }

    private static func set(_ words: String) -> Set<String> {
        Set(words.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    private static let predicates = set(
        """
        down working work works broken broke dead offline up back out crashing crashed dying died lagging laggy slow bugged glitching \
        caido caida cae cayo funciona funcionando fora caiu kaputt tot down unten panne marche fonctionne
        """
    )
    /// Words for the chat's usual service.
    private static let usual = set("it its this that they mine anyones everyones elses ca es sie ele ela")
    /// Words for a part of any service.
    private static let generic = set(
        """
        app apps server servers site website service messenger chat chats thing stuff messages message msgs msg texts login notifications \
        notification pics pictures photos videos media connection calls groups page aplicacion servidor servidores aplicativo mensagens \
        mensajes nachrichten serveur serveurs appli
        """
    )
    /// What a subject comes after.
    private static let openers = set(
        """
        is are was were isnt arent wasnt has have the a an my our your their his her el la los las mi o os as meu minha der die das mein \
        le les mon ma esta estan está están ist sind est sont
        """
    )
    /// Where another part of the sentence ends.
    private static let boundaries = set(
        """
        and or but if when why because since think know anyone anybody someone somebody everybody everyone else me you u us we i he she \
        guys bei chez does do did dont doesnt didnt wont cant can could going went go shut shutting not y si por e ou se und oder wenn et ou si
        """
    )
    /// Words that belong to the predicate, and say nothing of what it speaks of.
    private static let passing = set(
        """
        be been being keeps keep kept gone still really just completely totally fully always again so very right now currently all today \
        tonight suddenly even already also too fucking freaking damn whole goddamn bloody no nao não nicht pas
        """
    )
}
