public import Intents
public import Replies
public import Status

/// Answers people: text → intent → verdict → reply.
///
/// It comes in two halves. `consider` decides at once, without waiting for anything, whether a message wants an answer and
/// about what; most messages of a chat end there. `reply` then asks the desk what is believed and puts the words together.
public struct Responder: Sendable {
    /// What will be answered.
    public struct Answer: Hashable, Sendable {
        /// What the answer is about.
        public var wanted: ReplyRequest
        /// The service it is about; nil for answers about none in particular.
        public var service: ServiceID?
        /// The language to answer in, as a BCP 47 tag; texts fall back to English.
        public var language: String
        /// A page that is asked about, and who asks; the other members then say what would be answered without it.
        public var page: PageQuestion?
        /// What its asker has said of the service by asking; nil where that says nothing of its state.
        public var voice: PersonalVoice?

        public init(wanted: ReplyRequest, service: ServiceID? = nil, language: String, voice: PersonalVoice? = nil) {
            self.wanted = wanted
            self.service = service
            self.language = language
            self.voice = voice
        }
    }

    /// A question about a page that is in no catalogue.
    public struct PageQuestion: Hashable, Sendable {
        /// The page, or why it is none that we look at.
        public var page: Result<AdHocTarget, AdHocRefusal>
        public var person: String
        public var place: String
    }

    /// How the bot behaves in a chat.
    public struct Manners: Hashable, Sendable {
        /// Meant when a question names no service.
        public var defaultService: ServiceID?
        /// Whether questions that were put to nobody are answered.
        public var answersUnaddressed: Bool
        /// The language where there are no texts in the asker's.
        public var language: String

        public init(defaultService: ServiceID? = nil, answersUnaddressed: Bool = true, language: String = ResponseCatalog.base) {
            self.defaultService = defaultService
            self.answersUnaddressed = answersUnaddressed
            self.language = language
        }
    }

    private let matcher: IntentMatcher
    private let composer: ReplyComposer
    private let services: [ServiceID: Service]
    private let manners: Manners
    private let desk: StatusDesk
    /// Looks for the services of the catalogue.
    private let glance: Glance

    /// A responder for the services of the catalogue, whose state `desk` knows.
    public init(matcher: IntentMatcher, composer: ReplyComposer, services: [Service], manners: Manners, desk: StatusDesk) {
        self.matcher = matcher
        self.composer = composer
        self.services = Dictionary(services.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.manners = manners
        self.desk = desk
        glance = matcher.glance(for: Set(services.map(\.id)))
    }

    /// Whether a message that neither speaks to the bot nor answers another may get an answer: false is certain, and costs less than
    /// making a `Question` of it. The text is UTF-8, without the escapes of JSON.
    ///
    /// Where a chat has no usual service, a message must name one. Where it has, any words may ask for it, and all are read.
    public func mayConcern(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        guard manners.answersUnaddressed else { return false }
        guard manners.defaultService != nil else { return glance.mayName(utf8) }
        return matcher.isSure(utf8, defaultService: manners.defaultService)
    }

    /// Decides whether a message wants an answer, and about what; nil to leave it alone.
    ///
    /// Who speaks to the bot always gets an answer, in doubt what it can do. Anybody else gets one only to a question that it is sure
    /// about, and about a service that it watches: one that the message names, or the chat's usual one.
    public func consider(_ question: Question) -> Answer? {
        guard question.isAddressed || mayBeAnswered(question) else { return nil }
        guard var answer = answer(to: question) else { return nil }
        if question.isAddressed, answer.mayBeAboutPage, let page = AdHocTarget.mentioned(in: question.text) {
            answer.page = PageQuestion(page: page, person: question.person, place: question.group)
            return answer
        }
        answer.voice = answer.wanted.word.map {
            PersonalVoice(who: question.person, place: question.group, room: question.place, says: $0)
        }
        return answer
    }

    private func answer(to question: Question) -> Answer? {
        let context = MatchContext(
            defaultService: manners.defaultService,
            isAddressed: question.isAddressed,
            answersTo: question.answersTo
        )
        let match = matcher.match(question.text, context: context)
        let language = composer.catalog.languages.contains(match.language) ? match.language : manners.language
        if let next = continuation(of: question, match, language) { return next }
        func answer(_ wanted: ReplyRequest, _ service: ServiceID? = nil) -> Answer {
            Answer(wanted: wanted, service: service, language: language)
        }
        func named() -> ReplyRequest? {
            composer.catalog.wanted(namedIn: question.text, language: language)
        }
        guard match.isSure(enoughFor: question.isAddressed ? .bot : .chat) else {
            return question.isAddressed ? unsure(match, asking: named(), language) : nil
        }
        let about = match.service ?? manners.defaultService
        guard question.isAddressed || about.flatMap({ services[$0] }) != nil else { return nil }
        if let general = general(match, asking: named) { return answer(general, about) }
        // Something is to be explained, and nobody knows what.
        if match.intent == .explain { return question.isAddressed ? answer(.help) : nil }
        guard let service = match.service ?? usualService(for: question), services[service] != nil else {
            guard question.isAddressed else { return nil }
            return answer(match.service == nil && Subject(of: question.text) == .unspoken ? .whichService : .notWatched)
        }
        return answer(particular(match, question.text), service)
    }

    /// Sorts out at a glance what is put to nobody and gets no answer.
    private func mayBeAnswered(_ question: Question) -> Bool {
        guard manners.answersUnaddressed else { return false }
        guard question.answersTo == nil, manners.defaultService == nil else { return true }
        return question.text.utf8.withContiguousStorageIfAvailable(glance.mayName) ?? true
    }

    /// The words for an answer, from what is believed now.
    public func reply(_ answer: Answer) async -> Reply {
        if let question = answer.page {
            let host = try? question.page.get().target.host
            return composer.compose(await desk.look(question), at: host, language: answer.language)
        }
        guard let service = answer.service.flatMap({ services[$0] }) else {
            return composer.compose(answer.wanted, language: answer.language)
        }
        let (verdict, now) = await desk.verdict(askedAbout: service.id, by: answer.voice)
        let past = answer.wanted == .history ? await desk.history(of: service.id) : nil
        return composer.compose(answer.wanted, service: service, verdict: verdict, at: now, past: past, language: answer.language)
    }

    /// The chat's usual service, unless the message speaks of something else: silence is better than an answer about the wrong thing.
    private func usualService(for question: Question) -> ServiceID? {
        if question.isAddressed, AdHocTarget.mentioned(in: question.text) != nil { return nil }
        return Subject(of: question.text) == .unspoken ? manners.defaultService : nil
    }

    /// Who answers to a list of steps, and says that they did not help or names a phone, gets the steps after those.
    ///
    /// A new question is answered as one, and what is neither (“ok, trying”) needs no answer: the outer nil goes on with the question,
    /// the inner one leaves it alone.
    private func continuation(of question: Question, _ match: IntentMatch, _ language: String) -> Answer?? {
        guard question.answersBot, let earlier = question.answersTo else { return nil }
        let platform = Platform(namedIn: question.text)
        let next = services.values.sorted { $0.id < $1.id }.lazy.compactMap { service in
            composer.continuation(of: earlier, service: service, platform: platform, language: language)
                .map { Answer(wanted: $0, service: service.id, language: language) }
        }.first
        guard let next else { return nil }
        if match.intent == .thanksOrAck || asksAnew(match, question.text, language) { return nil }
        let goesOn = platform != nil || composer.catalog.saysNotHelped(question.text, language: language)
        return .some(goesOn ? next : nil)
    }

    /// A question or a complaint of its own, though it stands under an older answer.
    private func asksAnew(_ match: IntentMatch, _ text: String, _ language: String) -> Bool {
        if composer.catalog.wanted(namedIn: text, language: language) != nil { return true }
        guard match.isSure(enoughFor: .bot) else { return false }
        switch match.intent {
        case .statusQuery, .historyQuery, .subscribe, .explain, .help: return match.confidence >= Self.vague
        case .symptomReport, .fixRequest: return match.confidence >= Self.vague && (match.symptom ?? .other) != .other
        case .thanksOrAck, .none: return false
        }
    }

    /// Said to the bot, and not clearly a question: what comes nearest to an answer.
    private func unsure(_ match: IntentMatch, asking named: ReplyRequest?, _ language: String) -> Answer {
        if let named { return Answer(wanted: named, service: match.service ?? manners.defaultService, language: language) }
        if match.intent == .thanksOrAck { return Answer(wanted: .thanks, language: language) }
        if let service = match.service, services[service] != nil {
            return Answer(wanted: .status, service: service, language: language)
        }
        return Answer(wanted: .help, language: language)
    }

    /// What can be answered without looking at any service: an explanation, whom to contact, what the bot does.
    ///
    /// - Parameter named: what is asked for by name; looked for only where it decides, because that is most of a question's work.
    private func general(_ match: IntentMatch, asking named: () -> ReplyRequest?) -> ReplyRequest? {
        switch match.intent {
        case .explain: return named()
        case .help: return named() ?? .help
        case .thanksOrAck, .none: return .thanks
        // “How do I contact Kik?” is a wish for help that says which. Otherwise a symptom in it means that something fails.
        case .fixRequest:
            let named = named()
            return named == .contact || (match.symptom ?? .other) == .other ? named : nil
        case .statusQuery: return match.confidence < Self.plain ? named() : nil
        case .symptomReport, .historyQuery, .subscribe: return nil
        }
    }

    /// From this confidence on, a question about the state is not doubted for a word in it.
    private static let plain = 0.95
    /// Below this confidence an intent is a guess.
    private static let vague = 0.6

    /// What is answered about a service.
    private func particular(_ match: IntentMatch, _ text: String) -> ReplyRequest {
        // “kik” and no more: how it is is what people want to know.
        guard text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).count > 1 else { return .status }
        return switch match.intent {
        case .symptomReport, .fixRequest: .fixes(match.symptom ?? .other, platform: Platform(namedIn: text))
        case .historyQuery: .history
        case .subscribe: .subscribe
        default: .status
        }
    }
}

extension Responder.Answer {
    /// Whether it says no more than that we do not know what is meant: then an address in the message is what is meant.
    fileprivate var mayBeAboutPage: Bool {
        service == nil && (wanted == .notWatched || wanted == .help || wanted == .whichService)
    }
}

extension ReplyRequest {
    /// What a person says of a service who wants this.
    fileprivate var word: PersonalWord? {
        switch self {
        case .status: .asks
        case .fixes(_, platform: _, after: nil): .down
        default: nil
        }
    }
}
