/// The first event of a session.
public struct Ready: Equatable, Sendable {
    /// At most 256 characters of printable ASCII, so that a resume always fits into what Discord accepts.
    public let sessionID: String
    public let resumeURL: String?
    public let botID: Snowflake
    public let applicationID: Snowflake?
    /// Guilds whose `guildCreated` is a load; any other is the bot joining.
    public let guildIDs: [Snowflake]

    public init(
        sessionID: String, resumeURL: String?, botID: Snowflake, applicationID: Snowflake? = nil,
        guildIDs: [Snowflake] = []
    ) {
        self.sessionID = sessionID
        self.resumeURL = resumeURL
        self.botID = botID
        self.applicationID = applicationID
        self.guildIDs = guildIDs
    }

    static func isPlausible(sessionID: String) -> Bool {
        (1...256).contains(sessionID.utf8.count) && sessionID.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}

extension Ready: Decodable {
    enum CodingKeys: String, CodingKey {
        case sessionID = "session_id"
        case resumeURL = "resume_gateway_url"
        case user, application, guilds
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        sessionID = try fields.decode(String.self, forKey: .sessionID)
        guard Self.isPlausible(sessionID: sessionID) else {
            throw DecodingError.dataCorruptedError(forKey: .sessionID, in: fields, debugDescription: "not a session id")
        }
        botID = try fields.decode(Identified.self, forKey: .user).id
        resumeURL = fields.lenient(String.self, .resumeURL)
        applicationID = fields.lenient(Identified.self, .application)?.id
        guildIDs = fields.lenientArray(Identified.self, .guilds).map(\.id)
    }
}
