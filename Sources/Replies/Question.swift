/// A message that may want an answer, free of any platform: what `Responder` takes in.
public struct Question: Hashable, Sendable {
    /// The platform's id of the message, unique; answers refer to it.
    public var id: String
    /// Where it was said; an answer goes there.
    public var place: String
    /// The community that the place belongs to: a guild, a workspace; nil for what is said in private.
    public var community: String?
    /// Who said it.
    public var person: String
    /// What was said, mentions of the bot taken out.
    public var text: String
    /// Said to the bot: it was mentioned, or this is a direct message.
    public var isAddressed: Bool
    /// The text of the message that this one answers, when there is one.
    public var answersTo: String?
    /// Whether that message is one of the bot's own.
    public var answersBot: Bool

    /// Those among whom it was said.
    public var group: String { community ?? place }

    public init(
        id: String,
        place: String,
        community: String? = nil,
        person: String,
        text: String,
        isAddressed: Bool,
        answersTo: String? = nil,
        answersBot: Bool = false
    ) {
        self.answersBot = answersBot
        self.id = id
        self.place = place
        self.community = community
        self.person = person
        self.text = text
        self.isAddressed = isAddressed
        self.answersTo = answersTo
    }
}
