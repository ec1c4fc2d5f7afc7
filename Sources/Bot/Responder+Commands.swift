import Clocks
import Discord
import Intents
import Replies
import Schedules
import Status
import Timing

/// Commands.
extension Responder {
    func outcome(of use: CommandUse, _ visit: Visit) async -> Outcome {
        switch use {
        case .isDown(let name): await isDown(name, visit)
        case .fix(let name, let symptom, let device): await fix(name, symptom, device, visit)
        case .overview: await overview(visit)
        case .history(let name):
            await about(name, visit, choosing: { .ask(.history, $0) }) { await state(of: $0, .history, visit) }
        case .report(let name, let word):
            await about(name, visit, choosing: { word == .up ? .works($0) : .same($0) }) { await report($0, word, visit) }
        case .watch(let name): await about(name, visit, choosing: nil) { await watch($0, .standing, visit) }
        case .unwatch(let name):
            await about(name, visit, choosing: nil) { service in
                let was = book.with { $0.subscriptions.remove(.person(visit.person), from: service.id) }
                return .reply(notice("people.md", was ? "not-watching" : "was-not-watching", service, visit))
            }
        case .announce(let name, let channel):
            await inCommunity(visit) { await about(name, visit, choosing: nil) { await announce($0, in: channel, visit) } }
        // Perhaps it is gone, perhaps it never was this server's.
        case .announceNowhere:
            await inCommunity(visit) { .reply(notice("refusals.md", "cannot-speak", nil, visit, ["channel": "#?"])) }
        case .listAnnouncements: await inCommunity(visit) { announcements(visit) }
        case .stopAnnouncing(let name, let channel):
            await inCommunity(visit) { await about(name, visit, choosing: nil) { stopAnnouncing($0, in: channel, visit) } }
        case .settings(let service, let language, let talk):
            await inCommunity(visit) { settings(service, language, talk, visit) }
        case .explain(let topic):
            .reply(composer.compose(topic.map { .explain($0) } ?? .help, language: visit.language))
        case .help: .reply(composer.compose(.help, language: visit.language))
        case .aboutMessage(let target): await about(target, visit)
        case .unknown: .reply(notice("refusals.md", "unknown-command", nil, visit))
        }
    }

    /// What may be meant by what is typed so far, for a list of at most 25.
    func offers(for typed: String, _ visit: Visit) -> [Service] {
        completion.offers(for: typed, recent: memory.recent(in: visit.place))
    }

    func notice(_ file: String, _ section: String, _ service: Service?, _ visit: Visit, _ values: [String: String] = [:]) -> Reply
    {
        composer.notice(file, section, about: service, values, language: visit.language)
    }

    /// The service that is called so, exactly or as people write it.
    func service(called name: String) -> Service? {
        completion.service(called: name) ?? matcher.services(named: name).lazy.compactMap { services[$0] }.first
    }

    /// An answer about the service that is called so. Where none is, the nearest ones can be chosen, or any where nothing was named.
    ///
    /// - Parameter chosen: what choosing one does; nil where no button does what was asked.
    private func about(
        _ name: String, _ visit: Visit, choosing chosen: ((ServiceID) -> ChatAction)? = { .ask(.status, $0) },
        _ answer: (Service) async -> Outcome
    ) async -> Outcome {
        if let service = service(called: name) { return await answer(service) }
        let guesses = name.isEmpty ? offered : completion.offers(for: name, most: 3)
        var reply = composer.unknownService(name, guess: guesses.first, language: visit.language)
        if let chosen { reply.choices = guesses.map { Reply.Choice(label: $0.name, action: chosen($0.id)) } }
        return .reply(reply)
    }

    private func isDown(_ name: String, _ visit: Visit) async -> Outcome {
        if service(called: name) == nil, let page = AdHocTarget.mentioned(in: name) {
            let question = PageQuestion(page: page, person: visit.person, place: visit.group)
            let host = try? page.get().target.host
            return .reply(composer.compose(await desk.look(question), at: host, language: visit.language))
        }
        return await about(name, visit) { await state(of: $0, .status, visit) }
    }

    /// How a service is, as of now, with what can be done about it.
    func state(of service: Service, _ wanted: ReplyRequest, _ visit: Visit) async -> Outcome {
        let voice = PersonalVoice(who: visit.person, place: visit.group, room: visit.place, says: .asks)
        let (verdict, now) = await desk.verdict(askedAbout: service.id, by: wanted == .status ? voice : nil)
        return await state(of: service, wanted, verdict, at: now, visit)
    }

    func state(
        of service: Service, _ wanted: ReplyRequest, _ verdict: Verdict, at now: Instant, _ visit: Visit
    ) async -> Outcome {
        let past = wanted == .history ? await desk.history(of: service.id) : nil
        var reply = composer.compose(
            wanted, service: service, verdict: verdict, at: now, past: past, language: visit.language)
        reply.choices = composer.choices(under: wanted, about: service, state: verdict.state, language: visit.language)
        memory.note(service.id, in: visit.place, at: now)
        return .reply(reply, about: Outcome.Subject(wanted: wanted, services: [service.id], states: [verdict.state]))
    }

    private func overview(_ visit: Visit) async -> Outcome {
        let mine = book.look { $0.subscriptions.inCommunity(visit.group) }.map(\.service)
        let watched = offered.filter { mine.contains($0.id) || $0.id == visit.manners.defaultService }
        // Where nothing has been chosen, all are.
        let services = watched.count > 1 ? watched : offered
        let (verdicts, _) = await desk.verdicts(of: services.map(\.id))
        return .reply(
            composer.overview(services, verdicts, isBlind: await desk.isBlind, language: visit.language))
    }

    private func report(_ service: Service, _ word: PersonalWord, _ visit: Visit) async -> Outcome {
        let voice = PersonalVoice(who: visit.person, place: visit.group, room: visit.place, says: word)
        await desk.hear(voice, of: service.id)
        let (verdicts, _) = await desk.verdicts(of: [service.id])
        let people = verdicts[0].people
        var reply = notice(
            "people.md", word == .up ? "noted-up" : "noted-down", service, visit,
            people.map { ["count": String($0)] } ?? [:])
        if word == .down, service.retirement == nil {
            reply.choices = composer.choices(fixing: service, telling: verdicts[0].state != .up, language: visit.language)
        }
        return .reply(reply)
    }

    func watch(_ service: Service, _ term: Subscriptions.Term, _ visit: Visit) async -> Outcome {
        if service.retirement != nil {
            return .reply(composer.compose(.status, service: service, verdict: .retired, at: .origin, language: visit.language))
        }
        let (verdicts, _) = await desk.verdicts(of: [service.id])
        if term == .once, verdicts[0].state == .up {
            var reply = notice("people.md", "up-already", service, visit)
            reply.choices = composer.choices(fixing: service, telling: false, language: visit.language)
            return .reply(reply)
        }
        let outcome = book.with {
            $0.subscriptions.add(
                .person(visit.person), to: service.id, term, state: verdicts[0].state, language: visit.language)
        }
        let section =
            switch outcome {
            case .added: term == .once ? "telling" : "watching"
            case .already: "told-already"
            case .tooMany: "too-many"
            }
        return .reply(notice("people.md", section, service, visit))
    }

    /// What is typed under a message: the question in it, answered as if it had been put to the bot.
    private func about(_ target: Interaction.Target, _ visit: Visit) async -> Outcome {
        let question = Question(
            id: "\(target.id)", place: visit.place, community: visit.community, person: visit.person, text: target.text,
            isAddressed: true)
        guard let answer = consider(question, visit.manners), answer.service != nil || answer.page != nil else {
            return .reply(notice("refusals.md", "no-question", nil, visit))
        }
        var mine = answer
        mine.language = visit.language
        guard let said = await said(mine) else { return .reply(notice("refusals.md", "no-question", nil, visit)) }
        return .reply(said.reply, about: said.subject)
    }

    private func fix(_ name: String?, _ symptom: Symptom?, _ device: Platform?, _ visit: Visit) async -> Outcome {
        if name == nil, let usual = memory.subject(of: visit.place, at: clock.now) ?? visit.manners.defaultService,
            let service = services[usual]
        {
            return await beginTriage(service, symptom, device, visit)
        }
        return await about(name ?? "", visit, choosing: { .fix($0, symptom) }) { await beginTriage($0, symptom, device, visit) }
    }
}

extension Verdict {
    /// Of what is not looked at any more.
    static let retired = Verdict(state: .unknown, scope: .unclear, confidence: 0, because: [.noEvidence])

    /// How many people have asked or complained lately, where that is known and more than one.
    fileprivate var people: Int? {
        (because + against).lazy.compactMap { if case .people(let count) = $0, count > 1 { count } else { nil } }.first
    }
}
