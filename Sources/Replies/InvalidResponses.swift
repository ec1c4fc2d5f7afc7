public import Diagnostics

/// The texts have mistakes, so the bot would be at a loss for words somewhere.
public struct InvalidResponses: Error, Hashable, Sendable {
    /// Every mistake, by file and line.
    public let diagnostics: [Diagnostic]
}
