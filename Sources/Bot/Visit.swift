import Status

/// Somebody who uses a command or presses a button, and where.
struct Visit: Sendable {
    var person: String
    /// Where it is done.
    var place: String
    /// The community that the place belongs to; nil in private.
    var community: String?
    var language: String
    var manners: Manners
    /// Whether they may change what holds for the community.
    var mayManage = false
    /// Whether the bot belongs to the community, and can speak there by itself.
    var isMember = true
    var now: Timestamp

    /// Those among whom it is done.
    var group: String { community ?? place }
}
