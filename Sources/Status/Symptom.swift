/// What fails, as far as the message says. The raw values are the words of `isitdown match`.
public enum Symptom: String, Sendable, CaseIterable {
    case cannotConnect = "cannot_connect"
    case cannotSend = "cannot_send"
    case cannotLogin = "cannot_login"
    case crash
    case slow
    case notifications
    case updateBrokeIt = "update_broke_it"
    case mediaFails = "media_fails"
    case other
}
