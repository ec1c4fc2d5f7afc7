import Clocks
public import Intents
public import Logging
public import Replies
public import Status

/// Answers people: text → intent → verdict → reply.
///
/// It comes in two halves. `consider` decides at once, without waiting for anything, whether a message wants an answer and
/// about what; most messages of a chat end there. `reply` then asks the desk what is believed and puts the words together.
public struct Responder: Sendable {
    /// More services are not answered about at once.
    private static let mostServices = 5

    let matcher: IntentMatcher
    let composer: ReplyComposer
    let services: [ServiceID: Service]
    /// In the catalogue's order, for who has to choose.
    let offered: [Service]
    /// Of chats that have none of their own.
    let manners: Manners
    let desk: StatusDesk
    /// What people have set and asked for.
    let book: ChatBook
    let completion: ServiceCompletion
    /// Looks for the services of the catalogue.
    private let glance: Glance
    let memory: ChatMemory
    let clock = MonotonicClock()

    /// A responder for the services of the catalogue, whose state `desk` knows.
    ///
    /// - Parameters:
    ///   - memory: what was answered before; outlives the responder when catalogue and texts are read anew.
    ///   - book: what people have set and asked for; outlives it too.
    public init(
        matcher: IntentMatcher, composer: ReplyComposer, services: [Service], manners: Manners, desk: StatusDesk,
        memory: ChatMemory = ChatMemory(), book: ChatBook = ChatBook(log: Logger(label: "isitdown"))
    ) {
        self.matcher = matcher
        self.composer = composer
        self.services = Dictionary(services.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        offered = services.filter { $0.retirement == nil }
        self.manners = manners
        self.desk = desk
        self.memory = memory
        self.book = book
        completion = ServiceCompletion(services)
        glance = matcher.glance(for: Set(services.map(\.id)))
    }

    /// Whether a message that neither speaks to the bot nor answers another may get an answer: false is certain, and costs less than
    /// making a `Question` of it. The text is UTF-8, without the escapes of JSON.
    ///
    /// Where nothing is usual and nothing is being talked about, a message must name a service. Elsewhere any words may ask for it, and
    /// all are read.
    ///
    /// - Parameter isTalkingOfOne: whether a service may be the subject of the conversation there.
    public func mayConcern(_ utf8: UnsafeBufferPointer<UInt8>, _ manners: Manners? = nil, isTalkingOfOne: Bool = false) -> Bool {
        guard let manners else { return mayConcern(utf8, by: self.manners, isTalkingOfOne) }
        return mayConcern(utf8, by: manners, isTalkingOfOne)
    }

    private func mayConcern(_ utf8: UnsafeBufferPointer<UInt8>, by manners: borrowing Manners, _ isTalkingOfOne: Bool) -> Bool {
        guard manners.answersUnaddressed else { return false }
        guard manners.defaultService != nil || isTalkingOfOne else { return glance.mayName(utf8) }
        return matcher.isSure(utf8, defaultService: manners.defaultService, certainty: manners.certainty)
    }

    /// Decides whether a message wants an answer, and about what; nil to leave it alone.
    ///
    /// Who speaks to the bot always gets an answer, in doubt what it can do. Anybody else gets one only to a question that it is sure
    /// about, and about a service that it watches: one that the message names, the one being talked about, or the chat's usual one.
    ///
    /// - Parameter manners: of the chat; nil where it has none of its own.
    public func consider(_ question: Question, _ manners: Manners? = nil) -> Answer? {
        var question = question
        question.text = Markup.excerpt(of: question.text)
        let chat = Chat(manners: manners ?? self.manners, subject: memory.subject(of: question.place, at: clock.now))
        guard question.isAddressed || mayBeAnswered(question, chat) else { return nil }
        guard var answer = answer(to: question, chat) else { return nil }
        answer.place = question.place
        answer.isOwed = answer.isOwed && (question.isAddressed || answer.wanted.isNextPage)
        if question.isAddressed, answer.mayBeAboutPage, let page = AdHocTarget.mentioned(in: question.text) {
            answer.page = PageQuestion(page: page, person: question.person, place: question.group)
            return answer
        }
        answer.voice = voice(of: question, saying: answer)
        return answer
    }

    /// Where something is asked.
    private struct Chat {
        var manners: Manners
        /// The service that was answered about a moment ago.
        var subject: ServiceID?

        /// Meant where nothing is named: what people talk about is nearer than what they usually talk about.
        var usual: ServiceID? { subject ?? manners.defaultService }
    }

    private func answer(to question: Question, _ chat: Chat) -> Answer? {
        let context = MatchContext(
            defaultService: chat.manners.defaultService,
            isAddressed: question.isAddressed,
            answersTo: question.answersTo
        )
        let match = matcher.match(question.text, context: context)
        // A word or two may be of any language; then the chat's is as good as another.
        let isClear = match.languageLikelihood >= Self.clear && composer.catalog.languages.contains(match.language)
        let language = isClear ? match.language : chat.manners.language
        if let next = continuation(of: question, match, language) { return next }
        func answer(_ wanted: ReplyRequest, _ services: [ServiceID] = []) -> Answer {
            Answer(wanted: wanted, services: services, language: language)
        }
        func named() -> ReplyRequest? {
            composer.catalog.wanted(namedIn: question.text, language: language)
        }
        guard match.isSure(enoughFor: question.isAddressed ? .bot : .chat(certainty: chat.manners.certainty)) else {
            return question.isAddressed ? unsure(question, match, asking: named(), language, chat) : nil
        }
        let about = match.service ?? chat.usual
        // Its words are those of a question about an app.
        if question.isAddressed, match.services.isEmpty, named() == .whoseFault {
            return answer(.whoseFault, about.map { [$0] } ?? [])
        }
        guard question.isAddressed || about.flatMap({ services[$0] }) != nil else { return nil }
        if let general = general(match, asking: named) { return answer(general, about.map { [$0] } ?? []) }
        // Something is to be explained, and nobody knows what.
        if match.intent == .explain { return question.isAddressed ? answer(.help) : nil }
        let wanted = particular(match, question.text)
        let watched = match.services.filter { services[$0] != nil }.prefix(Self.mostServices)
        if !watched.isEmpty {
            var answer = answer(wanted, Array(watched))
            if question.isAddressed, match.confidence < Self.vague { answer.doubt = .wish }
            return answer
        }
        if match.services.isEmpty {
            if let usual = usualService(for: question, chat), services[usual] != nil { return answer(wanted, [usual]) }
            if question.isAddressed, let guess = guess(question.text, wanted, language) { return guess }
        }
        guard question.isAddressed else { return nil }
        var asking = answer(match.service == nil && Subject(of: question.text) == .unspoken ? .whichService : .notWatched)
        asking.wish = wanted
        return asking
    }

    /// An answer about the service whose name is nearest, or the question which of several is meant.
    private func guess(_ text: String, _ wanted: ReplyRequest, _ language: String) -> Answer? {
        let guesses = matcher.guesses(of: text, among: Set(services.keys))
        guard let first = guesses.first else { return nil }
        if guesses.count > 1 {
            var asking = Answer(wanted: .didYouMean, services: guesses, language: language)
            asking.wish = wanted
            return asking
        }
        return Answer(wanted: wanted, services: [first], language: language, doubt: .service)
    }

    /// Sorts out at a glance what is put to nobody and gets no answer.
    private func mayBeAnswered(_ question: Question, _ chat: Chat) -> Bool {
        guard chat.manners.answersUnaddressed else { return false }
        guard question.answersTo == nil, chat.usual == nil else { return true }
        return question.text.utf8.withContiguousStorageIfAvailable(glance.mayName) ?? true
    }

    /// The words for an answer, from what is believed now; nil where the same was said to others a moment ago, and is still so.
    ///
    /// Whoever asked is counted in any case.
    public func reply(_ answer: Answer) async -> Reply? {
        await said(answer)?.reply
    }

    /// The words, and what they say of which services; nil where nothing that changes was said of any.
    func said(_ answer: Answer) async -> (reply: Reply, subject: Outcome.Subject?)? {
        if let question = answer.page {
            let host = try? question.page.get().target.host
            return (composer.compose(await desk.look(question), at: host, language: answer.language), nil)
        }
        let services = answer.services.compactMap { self.services[$0] }
        if answer.wanted == .whoseFault { return (await whoseFault(answer, services.first), nil) }
        if services.isEmpty || answer.wanted == .didYouMean {
            guard memory.gives(answer, states: [], at: clock.now) else { return nil }
            var reply = composer.compose(answer.wanted, among: services, language: answer.language)
            if answer.wanted == .didYouMean { reply.choices = composer.choices(among: services, of: answer.wish) }
            if answer.wanted == .whichService { reply.choices = composer.choices(among: offered, of: answer.wish) }
            return (reply, nil)
        }
        var reports: [ReplyComposer.Report] = []
        var now = clock.now
        for service in services {
            let (verdict, then) = await desk.verdict(askedAbout: service.id, by: answer.voice)
            let past = answer.wanted == .history ? await desk.history(of: service.id) : nil
            reports.append(ReplyComposer.Report(service: service, verdict: verdict, past: past))
            now = then
        }
        guard memory.gives(answer, states: reports.map(\.verdict.state), at: now) else { return nil }
        var reply = composer.compose(
            answer.wanted, about: reports, at: now, isGuess: answer.doubt == .service, offersMore: answer.doubt == .wish,
            language: answer.language)
        if answer.doubt == .wish {
            reply.choices = composer.choices(about: services[0], language: answer.language)
        } else if services.count == 1 {
            reply.choices = composer.choices(
                under: answer.wanted, about: services[0], state: reports[0].verdict.state, language: answer.language)
        }
        let states = reports.map(\.verdict.state)
        return (reply, Outcome.Subject(wanted: answer.wanted, services: services.map(\.id), states: states, doubt: answer.doubt))
    }

    /// Whether the bot itself is well, and before it how the service is that people talk about.
    private func whoseFault(_ answer: Answer, _ service: Service?) async -> Reply {
        let reach = await desk.reach
        // Before the first looks are back nothing vouches for our own connection either.
        let isDoubtful = await desk.isBlind || reach.reached * 2 <= reach.of
        let mine = composer.whoseFault(reach: reach, isBlind: isDoubtful, language: answer.language)
        guard let service else { return mine }
        let (verdict, now) = await desk.verdict(askedAbout: service.id, by: answer.voice)
        var reply = composer.compose(.status, service: service, verdict: verdict, at: now, language: answer.language)
        reply.paragraphs.insert(contentsOf: mine.paragraphs.prefix(1), at: min(1, reply.paragraphs.count))
        return reply
    }

    private func voice(of question: Question, saying answer: Answer) -> PersonalVoice? {
        answer.wanted.word.map { PersonalVoice(who: question.person, place: question.group, room: question.place, says: $0) }
    }

    /// What is meant where nothing is named, unless the message speaks of something else: silence is better than an answer about the
    /// wrong thing.
    private func usualService(for question: Question, _ chat: Chat) -> ServiceID? {
        if question.isAddressed, AdHocTarget.mentioned(in: question.text) != nil { return nil }
        return Subject(of: question.text) == .unspoken ? chat.usual : nil
    }

    /// What stands in a menu from which a service is chosen.
    func prompt(language: String) -> String {
        composer.prompt(language: language)
    }

    /// Who answers to a list of steps, and says that they did not help or names a phone, gets the steps after those.
    ///
    /// A new question is answered as one, and what is neither (“ok, trying”) needs no answer: the outer nil goes on with the question,
    /// the inner one leaves it alone.
    private func continuation(of question: Question, _ match: IntentMatch, _ language: String) -> Answer?? {
        guard question.answersBot, let earlier = question.answersTo else { return nil }
        let platform = Platform(namedIn: question.text)
        // The list is in whatever language it was answered in, and names what it is about.
        let languages = [language] + composer.catalog.languages.filter { $0 != language }
        let named = services.values.filter { earlier.contains($0.name) }.sorted { $0.id < $1.id }
        let next = languages.lazy.compactMap { language in
            named.lazy.compactMap { service in
                composer.continuation(of: earlier, service: service, platform: platform, language: language)
                    .map { Answer(wanted: $0, services: [service.id], language: language) }
            }.first
        }.first
        guard let next else { return nil }
        let language = next.language
        let wasNotHelped = composer.catalog.saysNotHelped(question.text, language: language)
        if match.intent == .thanksOrAck && !wasNotHelped || asksAnew(match, question.text, language, wasNotHelped) {
            return nil
        }
        return .some(platform != nil || wasNotHelped ? next : nil)
    }

    /// A question or a complaint of its own, though it stands under an older answer.
    private func asksAnew(_ match: IntentMatch, _ text: String, _ language: String, _ wasNotHelped: Bool) -> Bool {
        if composer.catalog.wanted(namedIn: text, language: language) != nil { return true }
        guard match.isSure(enoughFor: .bot) else { return false }
        switch match.intent {
        case .statusQuery, .historyQuery, .subscribe, .explain, .help: return match.confidence >= Self.vague
        // “Didn't help” is a complaint too, of the steps; one of the app names it.
        case .symptomReport, .fixRequest:
            if wasNotHelped, matcher.match(text).services.isEmpty { return false }
            return match.confidence >= Self.vague && (match.symptom ?? .other) != .other
        case .thanksOrAck, .none: return false
        }
    }

    /// Said to the bot, and not clearly a question: what comes nearest to an answer.
    private func unsure(
        _ question: Question, _ match: IntentMatch, asking named: ReplyRequest?, _ language: String, _ chat: Chat
    ) -> Answer {
        func answer(_ wanted: ReplyRequest, _ service: ServiceID? = nil, doubt: Doubt? = nil) -> Answer {
            Answer(wanted: wanted, services: service.map { [$0] } ?? [], language: language, doubt: doubt)
        }
        if let named { return answer(named, match.service ?? chat.usual) }
        if match.intent == .thanksOrAck { return answer(.thanks) }
        if let service = match.service, services[service] != nil {
            // A name and no more is a question like any other.
            return answer(.status, service, doubt: countWords(of: question.text) > 1 ? .wish : nil)
        }
        // “Is foobar down?” is no question about us.
        if match.relevance >= Self.possible, Subject(of: question.text) == .other { return answer(.notWatched) }
        if countWords(of: question.text) <= 2, let guess = guess(question.text, .status, language) { return guess }
        return answer(.help)
    }

    /// How many words a text has, as far as that is worth counting: 3 is 3 or more.
    private func countWords(of text: String) -> Int {
        min(3, text.split(maxSplits: 3) { !$0.isLetter && !$0.isNumber }.count)
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
    /// From this relevance on, what is said to the bot may be a question about something that nobody watches.
    private static let possible = 0.25
    /// From this likelihood on a message is taken to be in its language.
    private static let clear = 0.7
    /// Below this confidence an intent is a guess.
    private static let vague = 0.6

    /// What is answered about a service.
    private func particular(_ match: IntentMatch, _ text: String) -> ReplyRequest {
        // “kik” and no more: how it is is what people want to know.
        guard countWords(of: text) > 1 else { return .status }
        return switch match.intent {
        case .symptomReport, .fixRequest: .fixes(match.symptom ?? .other, platform: Platform(namedIn: text))
        case .historyQuery: .history
        case .subscribe: .subscribe
        default: .status
        }
    }
}

extension ReplyRequest {
    /// Whether it goes on from steps that were shown before.
    var isNextPage: Bool {
        if case .fixes(_, platform: _, after: .some) = self { true } else { false }
    }

    /// What a person says of a service who wants this.
    var word: PersonalWord? {
        switch self {
        case .status: .asks
        case .fixes(_, platform: _, after: nil): .down
        default: nil
        }
    }
}
