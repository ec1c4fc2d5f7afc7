/// What a message wants from the bot. The raw values are the words of `isitdown match`.
public enum Intent: String, Sendable, CaseIterable {
    /// Asks, openly or by implication, how things stand or whether others are affected.
    case statusQuery = "status_query"
    /// Says that something fails.
    case symptomReport = "symptom_report"
    /// Asks what they themselves can do.
    case fixRequest = "fix_request"
    /// Asks about past outages.
    case historyQuery = "history_query"
    /// Wants to be told later, or on a schedule.
    case subscribe
    /// Wants something explained: what a server outage is, how messengers work.
    case explain
    /// Is about the bot itself.
    case help
    /// Works again, or thanks.
    case thanksOrAck = "thanks_or_ack"
    /// Nothing for the bot, even if a service is named.
    case none
}
