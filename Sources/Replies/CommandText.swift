/// The texts of slash commands: which there are, and Discord's rules for them (Application Commands, naming).
enum CommandText {
    static let longestName = 32
    static let longestAbout = 100

    /// Every command and option, each with a name and what it does.
    static let named = [
        "isdown", "fix", "status", "history", "report", "watch", "unwatch", "announce", "announce add", "announce list",
        "announce remove", "settings", "explain", "help", "service", "symptom", "device", "what", "channel", "topic",
        "language", "talk", "default",
    ]
    /// What can be chosen.
    static let choices = ["what down", "what up", "talk never", "talk sure", "talk eager"]

    static let format = ResponseFormat(
        required: named.flatMap { ["\($0) name", "\($0) about"] } + choices + ["message name"], longest: longestAbout)

    /// Why a text cannot be a name; nil for one that can. Commands of the message menu may have capitals and spaces.
    static func mistake(inName name: String, ofMenu isMenu: Bool) -> String? {
        guard (1...longestName).contains(name.utf16.count) else { return "A command's name has 1 to \(longestName) characters." }
        guard !isMenu else { return nil }
        guard name.allSatisfy({ $0.isLetter || $0.isNumber || "-_'".contains($0) }) else {
            return "A command's name has letters, digits, “-” and “_” only."
        }
        return name == name.lowercased() ? nil : "A command's name is in lower case."
    }
}
