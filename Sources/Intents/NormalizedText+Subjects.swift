import Status

/// Which of several services a message is about.
///
/// Names that stand together (“kik and whatsapp”) share one fate. Of the others those count that something is said to be wrong with, or
/// asked of: “whatsapp works fine but is kik down” is about Kik, “kik is dead, text me on telegram” too.
extension NormalizedText {
    /// The services of `mentions`, which stand in this text, that it is about; in its order.
    func subjects(among mentions: [ServiceIndex.Mention]) -> [ServiceID] {
        let named = mentions.filter { $0.service != nil }
        guard let first = named.first?.service else { return [] }
        guard named.contains(where: { $0.service != first }) else { return [first] }
        let groups = groups(of: named)
        let fates = groups.indices.map { fate(of: $0, among: groups) }
        let worst = fates.max() ?? .unsaid
        if worst == .trouble {
            return Self.distinct(groups.indices.filter { fates[$0] == .trouble }.flatMap { groups[$0].services })
        }
        // Nothing tells them apart but how sure it is that they are meant.
        let likely = groups.indices.filter { fates[$0] == worst }
        let surest = likely.map { groups[$0].certainty.rawValue }.max()
        return likely.first { groups[$0].certainty.rawValue == surest }.map { Self.distinct(groups[$0].services) } ?? []
    }

    /// Names with nothing but “and” between them.
    private struct Group {
        var services: [ServiceID]
        var tokens: Range<Int>
        var certainty: ServiceIndex.Certainty
    }

    /// What is said of a service.
    private enum Fate: Int, Comparable {
        case works, unsaid, trouble

        static func < (left: Fate, right: Fate) -> Bool { left.rawValue < right.rawValue }
    }

    private func groups(of mentions: [ServiceIndex.Mention]) -> [Group] {
        var groups: [Group] = []
        for mention in mentions {
            guard let service = mention.service else { continue }
            if let last = groups.last, tokens[last.tokens.upperBound..<mention.tokens.lowerBound].allSatisfy(Self.joins) {
                groups[groups.count - 1].services.append(service)
                groups[groups.count - 1].tokens = last.tokens.lowerBound..<mention.tokens.upperBound
                if mention.certainty.rawValue > last.certainty.rawValue { groups[groups.count - 1].certainty = mention.certainty }
            } else {
                groups.append(Group(services: [service], tokens: mention.tokens, certainty: mention.certainty))
            }
        }
        return groups
    }

    private func fate(of index: Int, among groups: [Group]) -> Fate {
        let start = index == 0 ? 0 : beginning(of: groups[index], after: groups[index - 1])
        let end = index + 1 == groups.count ? tokens.count : beginning(of: groups[index + 1], after: groups[index])
        var (isNegated, isCalm) = (false, false)
        for token in tokens[start..<end] {
            switch token.word.wordClass {
            case .down, .fault: return .trouble
            case .negation: isNegated = true
            case .work: isCalm = true
            default: isCalm = isCalm || Self.calm.contains(token.hash)
            }
        }
        if isNegated { return .trouble }
        let next = groups[index].tokens.upperBound
        if next < end, tokens[next].kind == .mark, tokens[next].hash == Self.questionMark { return .trouble }
        return isCalm ? .works : .unsaid
    }

    /// Where what is said of one service ends and what is said of the next begins: behind a mark, at a “but”, or at the verb before its
    /// name.
    private func beginning(of group: Group, after last: Group) -> Int {
        let between = last.tokens.upperBound..<group.tokens.lowerBound
        if let border = between.last(where: { tokens[$0].kind == .mark || Self.borders.contains(tokens[$0].hash) }) {
            return tokens[border].kind == .mark ? border + 1 : border
        }
        let run = between.reversed().prefix { position in
            switch tokens[position].word.wordClass {
            case .be, .negation: true
            default: false
            }
        }
        return group.tokens.lowerBound - run.count
    }

    /// Whether it is an “and”.
    static func joins(_ token: Token) -> Bool {
        conjunctions.contains(token.hash)
    }

    private static func distinct(_ services: [ServiceID]) -> [ServiceID] {
        var seen: Set<ServiceID> = []
        return services.filter { seen.insert($0).inserted }
    }

    private static func hashes(_ words: String) -> Set<UInt64> {
        Set(words.split(separator: " ").map { Hashing.hash($0.utf8) })
    }

    private static let questionMark = Hashing.hash("?".utf8)
    private static let conjunctions = hashes("and or n plus also und oder y o u e ou et aswell nor both")
    private static let borders = hashes(
        """
        but though while whereas however so because cause since then if until after aber wahrend weil dann wenn pero mientras porque mas \
        enquanto entao mais alors sinon
        """
    )
    private static let calm = hashes(
        """
        fine ok okay okey good great perfectly normally smoothly gut einwandfrei bien perfecto bem normalement instead
        """
    )
}
