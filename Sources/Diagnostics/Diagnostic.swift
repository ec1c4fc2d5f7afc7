/// A mistake in a file that a person wrote, in a form that leads them to it.
public struct Diagnostic: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file's path, as the person knows it.
    public var file: String
    /// The line, counted from 1; nil when the mistake is the file as a whole.
    public var line: Int?
    /// What is wrong, one sentence.
    public var message: String
    /// What to do about it, one sentence; empty when the message says it all.
    public var remedy: String

    public init(file: String, line: Int? = nil, message: String, remedy: String = "") {
        self.file = file
        self.line = line
        self.message = message
        self.remedy = remedy
    }

    /// `file:line: message remedy`, the form that editors and terminals make clickable.
    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return remedy.isEmpty ? "\(place): \(message)" : "\(place): \(message) \(remedy)"
    }
}
