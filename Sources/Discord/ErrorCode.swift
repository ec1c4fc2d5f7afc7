/// Discord's codes on which something is decided.
public enum ErrorCode {
    static let unknownChannel = 10_003
    static let unknownMessage = 10_008
    static let unknownWebhook = 10_015
    static let unknownInteraction = 10_062
    static let alreadyAcknowledged = 40_060
    /// The network in front of Discord refuses the `User-Agent`.
    static let blockedByEdge = 40_333
    public static let tooManyCommandCreates = 30_034
    static let missingAccess = 50_001
    static let cannotMessageUser = 50_007
    static let missingPermissions = 50_013
    /// A reply needs the permission to read the message history.
    public static let cannotReplyWithoutHistory = 160_002
    static let invalidWebhookToken = 50_027

    /// Whether the bot may not speak where it wants to.
    public static func isSilenced(_ code: Int) -> Bool {
        [missingAccess, missingPermissions].contains(code)
    }

    /// Whether somebody cannot be reached, and trying again would not help.
    public static func isUnreachable(_ code: Int) -> Bool {
        [unknownChannel, cannotMessageUser, missingAccess, missingPermissions].contains(code)
    }

    /// Whether an interaction's answers have become unreachable: its token ran out, or it never was answered.
    static func isGone(_ code: Int) -> Bool {
        [unknownMessage, unknownWebhook, unknownInteraction, invalidWebhookToken].contains(code)
    }
}
