import Status

/// A dialogue as it stands in a button: `kik d a a0n- sfree-storage skq3v2`.
///
/// Service, symptom, device, answers, stage, and when it began in minutes; letters instead of words, because a button holds 100
/// characters. A letter never gets another meaning.
extension Triage {
    private static let symptoms: [(Symptom, Character)] = [
        (.cannotConnect, "c"), (.cannotSend, "s"), (.cannotLogin, "l"), (.crash, "x"), (.slow, "w"), (.notifications, "n"),
        (.updateBrokeIt, "u"), (.mediaFails, "m"), (.other, "o"),
    ]
    private static let platforms: [(Platform, Character)] = [
        (.android, "a"), (.ios, "i"), (.windows, "w"), (.mac, "m"), (.web, "b"), (.windowsPhone, "p"),
    ]
    private static let minute: Int64 = 60_000

    public var text: String {
        let symptom = Self.symptoms.first { $0.0 == self.symptom }?.1 ?? "o"
        let platform = Self.platforms.first { $0.0 == self.platform }?.1 ?? "-"
        let given = answers.map { "\($0.key)\($0.answer.map(String.init) ?? "-")" }.joined()
        let began = String(self.began.milliseconds / Self.minute, radix: 36)
        return "\(service) \(symptom) \(platform) \(given.isEmpty ? "-" : given) \(stage.text) \(began)"
    }

    /// Nil for what is no dialogue.
    public init?(text: some StringProtocol) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 6, !parts[0].isEmpty, parts[1].count == 1, parts[2].count == 1,
            let symptom = Self.symptoms.first(where: { $0.1 == parts[1].first })?.0,
            let stage = Stage(text: parts[4]), let began = Int64(parts[5], radix: 36),
            (0...(Int64.max / Self.minute)).contains(began), let answers = Self.answers(in: parts[3])
        else { return nil }
        let platform = Self.platforms.first { $0.1 == parts[2].first }?.0
        guard platform != nil || parts[2] == "-" else { return nil }
        self.init(
            service: ServiceID(String(parts[0])), symptom: symptom, platform: platform,
            began: Timestamp(milliseconds: began * Self.minute))
        self.answers = answers
        self.stage = stage
    }

    private static func answers(in text: some StringProtocol) -> [Answered]? {
        if text == "-" { return [] }
        let letters = Array(text)
        guard letters.count.isMultiple(of: 2), letters.count <= 2 * mostQuestions else { return nil }
        var answers: [Answered] = []
        for place in stride(from: 0, to: letters.count, by: 2) {
            guard letters[place].isASCII, letters[place].isLetter else { return nil }
            let answer = letters[place + 1]
            guard answer == "-" || (answer.isASCII && answer.isWholeNumber) else { return nil }
            answers.append(Answered(key: letters[place], answer: answer.wholeNumberValue))
        }
        return answers
    }
}

extension Triage.Stage {
    fileprivate var text: String {
        switch self {
        case .asking: "q"
        case .steps(let after): "s" + (after ?? "")
        case .agreed(let step): "a" + step
        case .inStore(let step): "m" + step
        case .which(let after): "w" + (after ?? "")
        case .fixed(let step): "f" + (step ?? "")
        }
    }

    fileprivate init?(text: some StringProtocol) {
        let rest = String(text.dropFirst())
        let step = rest.isEmpty ? nil : rest
        switch (text.first, step) {
        case ("q", nil): self = .asking
        case ("s", _): self = .steps(after: step)
        case ("a", let step?): self = .agreed(step)
        case ("m", let step?): self = .inStore(step)
        case ("w", _): self = .which(after: step)
        case ("f", _): self = .fixed(step)
        default: return nil
        }
    }
}

extension Triage.Input {
    /// As it stands in a button behind the dialogue.
    public var text: String {
        switch self {
        case .look: "look"
        case .startOver: "anew"
        case .answered(let key, let answer): "?\(key)\(answer.map(String.init) ?? "-")"
        case .uses(let platform): "on\(Triage.letter(of: platform))"
        case .anyway: "any"
        case .helped: "yes"
        case .helpedBy(let step): "by" + (step ?? "")
        case .notHelped(let step): "n" + step
        case .agreed(let step): "A" + step
        case .declined(let step): "D" + step
        case .inStore(let step): "I" + step
        case .notInStore(let step): "O" + step
        }
    }

    public init?(text: some StringProtocol) {
        let rest = String(text.dropFirst())
        switch text.first {
        case _ where text == "look": self = .look
        case _ where text == "anew": self = .startOver
        case _ where text == "any": self = .anyway
        case _ where text == "yes": self = .helped
        case _ where text.hasPrefix("on") && text.count == 3:
            guard let platform = rest.last.flatMap(Triage.platform) else { return nil }
            self = .uses(platform)
        case _ where text.hasPrefix("by"): self = .helpedBy(text.count == 2 ? nil : String(text.dropFirst(2)))
        case "?" where text.count == 3:
            guard let key = rest.first, let answer = rest.last, key.isASCII, key.isLetter else { return nil }
            guard answer == "-" || answer.isWholeNumber else { return nil }
            self = .answered(key: key, answer: answer.wholeNumberValue)
        case "n" where !rest.isEmpty: self = .notHelped(rest)
        case "A" where !rest.isEmpty: self = .agreed(rest)
        case "D" where !rest.isEmpty: self = .declined(rest)
        case "I" where !rest.isEmpty: self = .inStore(rest)
        case "O" where !rest.isEmpty: self = .notInStore(rest)
        default: return nil
        }
    }
}

extension Triage {
    fileprivate static func letter(of platform: Platform) -> Character {
        platforms.first { $0.0 == platform }?.1 ?? "-"
    }

    fileprivate static func platform(_ letter: Character) -> Platform? {
        platforms.first { $0.1 == letter }?.0
    }
}
