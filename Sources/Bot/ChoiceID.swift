import Replies
import Status

/// A choice as it stands in a button's identifier, and outlives the process: `1 fixes.crash kik`.
///
/// The number is the version of this form: what a later version does not know any more, it takes for no choice.
enum ChoiceID {
    private static let version = "1"

    /// Nil for what no button offers.
    static func text(_ choice: Reply.Choice) -> String? {
        wish(choice.wanted).map { "\(version) \($0) \(choice.service)" }
    }

    /// What was chosen; nil for what is no identifier of ours.
    static func read(_ text: String) -> (wanted: ReplyRequest, service: ServiceID)? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == version, !parts[2].isEmpty, let wanted = read(wish: parts[1]) else { return nil }
        return (wanted, ServiceID(String(parts[2])))
    }

    private static func wish(_ wanted: ReplyRequest) -> String? {
        switch wanted {
        case .status: "status"
        case .history: "history"
        case .subscribe: "subscribe"
        case .contact: "contact"
        case .fixes(let symptom, let platform, after: nil):
            (["fixes", symptom.rawValue] + [platform?.rawValue].compactMap(\.self)).joined(separator: ".")
        case .fixes, .explain, .help, .thanks, .notWatched, .didYouMean, .whichService: nil
        }
    }

    private static func read(wish: Substring) -> ReplyRequest? {
        let parts = wish.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
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
