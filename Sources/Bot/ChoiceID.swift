import Discord
import Replies
import Status

/// An action as it stands in a button's identifier, and outlives the process: `2…signature…ask fixes.crash kik`.
///
/// First the version of this form, then the signature of what follows. What a later version does not know any more, and what we have
/// not signed, is no action.
struct ChoiceID: Sendable {
    private static let version: Character = "2"

    let seal: Seal

    /// Nil for what no button can hold.
    func text(_ action: ChatAction) -> String? {
        guard let payload = Self.payload(action) else { return nil }
        let text = "\(Self.version)\(seal.signature(of: payload))\(payload)"
        return text.utf16.count <= MessageChoices.Choice.longestID ? text : nil
    }

    /// What was pressed; nil for what is no identifier of ours.
    func read(_ text: String) -> ChatAction? {
        guard text.first == Self.version, text.utf8.count <= 4 * MessageChoices.Choice.longestID else { return nil }
        let signature = text.dropFirst().prefix(Seal.length)
        let payload = String(text.dropFirst(1 + Seal.length))
        return seal.holds(signature, for: payload) ? Self.action(payload) : nil
    }

    private static func payload(_ action: ChatAction) -> String? {
        switch action {
        case .ask(let wanted, let service): wish(wanted).map { "ask \($0) \(service)" }
        case .again(let wanted, let service): wish(wanted).map { "again \($0) \(service)" }
        case .same(let service): "same \(service)"
        case .works(let service): "works \(service)"
        case .fix(let service, let symptom):
            (["fix", "\(service)"] + [symptom?.rawValue].compactMap(\.self)).joined(separator: " ")
        case .tell(let service): "tell \(service)"
        case .describe(let service): "say \(service)"
        case .triage(let triage, let input): "t \(triage.text) \(input.text)"
        }
    }

    private static func action(_ payload: String) -> ChatAction? {
        let parts = payload.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        switch (parts[0], parts.count) {
        case ("ask", 3): return wish(parts[1]).map { .ask($0, ServiceID(String(parts[2]))) }
        case ("again", 3): return wish(parts[1]).map { .again($0, ServiceID(String(parts[2]))) }
        case ("same", 2): return .same(ServiceID(String(parts[1])))
        case ("works", 2): return .works(ServiceID(String(parts[1])))
        case ("fix", 2): return .fix(ServiceID(String(parts[1])), nil)
        case ("fix", 3): return Symptom(rawValue: String(parts[2])).map { .fix(ServiceID(String(parts[1])), $0) }
        case ("tell", 2): return .tell(ServiceID(String(parts[1])))
        case ("say", 2): return .describe(ServiceID(String(parts[1])))
        case ("t", 8):
            guard let triage = Triage(text: parts[1...6].joined(separator: " ")) else { return nil }
            return Triage.Input(text: parts[7]).map { .triage(triage, $0) }
        default: return nil
        }
    }

    private static func wish(_ wanted: ReplyRequest) -> String? {
        switch wanted {
        case .status: "status"
        case .history: "history"
        case .subscribe: "subscribe"
        case .contact: "contact"
        case .fixes(let symptom, let platform, after: nil):
            (["fixes", symptom.rawValue] + [platform?.rawValue].compactMap(\.self)).joined(separator: ".")
        case .fixes, .explain, .help, .thanks, .notWatched, .didYouMean, .whichService, .whoseFault: nil
        }
    }

    private static func wish(_ text: Substring) -> ReplyRequest? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts.count) {
        case ("status", 1): return .status
        case ("history", 1): return .history
        case ("subscribe", 1): return .subscribe
        case ("contact", 1): return .contact
        case ("fixes", 2...3):
            guard let symptom = Symptom(rawValue: parts[1]) else { return nil }
            guard parts.count == 3 else { return .fixes(symptom) }
            return Platform(rawValue: parts[2]).map { .fixes(symptom, platform: $0) }
        default: return nil
        }
    }
}
