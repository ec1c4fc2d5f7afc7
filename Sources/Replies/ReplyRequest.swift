public import Status

/// What an answer should be about.
public enum ReplyRequest: Hashable, Sendable {
    /// How the service is.
    case status
    /// What to try, and before it how the service is.
    ///
    /// - Parameters:
    ///   - symptom: `.other` when the message does not say what fails.
    ///   - platform: nil shows the ways of all platforms on which the service runs.
    ///   - after: the last step that was already shown; nil begins at the first.
    case fixes(Symptom, platform: Platform? = nil, after: FixStep.ID? = nil)
    /// How something works.
    case explain(ExplainTopic)
    /// Who can help.
    case contact
    /// Past outages.
    case history
    /// Being told later, which the bot cannot do yet.
    case subscribe
    /// Whether the bot itself is well: “is it you or me?”
    case whoseFault
    /// What the bot can do.
    case help
    /// They said thanks.
    case thanks
    /// They named something that the bot does not watch.
    case notWatched
    /// They named something that sounds like several services.
    case didYouMean
    /// They named no service, and none is usual where they ask.
    case whichService
}
