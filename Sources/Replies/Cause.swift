/// Where a fault lies. The raw values stand in the front matter of `Responses/en/`.
public enum Cause: String, Sendable, CaseIterable {
    /// The service itself.
    case server
    /// Between the person and the service.
    case network
    /// The app on the person's device.
    case app
    /// The device: its system, its settings, its room.
    case device
    /// The person's account.
    case account
    /// The person at the other end.
    case recipient
}
