import Intents
import Replies
import Schedules
import Status
import Timing

/// Buttons, menus, forms, and the dialogue.
extension Responder {
    /// How long a new look may take that somebody waits for.
    private static let lookPatience = Duration.milliseconds(1_300)

    func outcome(of action: ChatAction, _ visit: Visit) async -> Outcome {
        guard let service = services[action.service] else {
            return .reply(composer.compose(.notWatched, language: visit.language))
        }
        switch action {
        case .ask(.subscribe, _), .tell: return await watch(service, .once, visit)
        case .ask(let wanted, _):
            var answer = Answer(wanted: wanted, services: [service.id], language: visit.language)
            answer.place = visit.place
            answer.voice = wanted.word.map {
                PersonalVoice(who: visit.person, place: visit.group, room: visit.place, says: $0)
            }
            guard let said = await said(answer) else { return .reply(composer.compose(.help, language: visit.language)) }
            return .reply(said.reply, about: said.subject)
        case .again(let wanted, _):
            let (verdict, now) = await desk.freshVerdict(of: service.id, patience: Self.lookPatience)
            return await state(of: service, wanted, verdict, at: now, visit)
        case .same, .works:
            return await outcome(of: .report(service.id.rawValue, action == .same(service.id) ? .down : .up), visit)
        case .fix(_, let symptom): return await beginTriage(service, symptom, nil, visit)
        case .describe:
            let words = ["words-title", "words-label"].map { section in
                composer.notice("triage.md", section, about: service, language: visit.language).text
            }
            return .form(title: words[0], label: words[1], service.id)
        case .triage(let triage, let input): return await goOn(triage, input, service, visit)
        }
    }

    /// What was filled into the form.
    func outcome(ofWords text: String, about service: ServiceID, _ visit: Visit) async -> Outcome {
        guard let service = services[service] else { return .reply(composer.compose(.notWatched, language: visit.language)) }
        let match = matcher.match(text, context: MatchContext(defaultService: service.id, isAddressed: true))
        return await beginTriage(service, match.symptom ?? .other, Platform(namedIn: text), visit)
    }

    /// Begins the dialogue, or goes on with the one that this person has not finished.
    func beginTriage(_ service: Service, _ symptom: Symptom?, _ device: Platform?, _ visit: Visit) async -> Outcome {
        if service.retirement != nil {
            return .reply(composer.compose(.status, service: service, verdict: .retired, at: .origin, language: visit.language))
        }
        let earlier = memory.triage(of: visit.person, service.id)
        if let earlier, !earlier.isExpired(at: visit.now), symptom == nil || earlier.symptom == symptom,
            device == nil || earlier.platform == device,
            earlier.stage != .asking || !earlier.answers.isEmpty
        {
            return await show(earlier, service, visit, remark: "resumed")
        }
        let (verdict, now) = await desk.verdict(
            askedAbout: service.id,
            by: PersonalVoice(who: visit.person, place: visit.group, room: visit.place, says: .down))
        // While the servers are at fault nobody has to say what goes wrong.
        if symptom == nil, FixLadder.Reach(verdict) != .nothing {
            return .reply(composer.symptoms(of: service, began: visit.now, platform: device, language: visit.language))
        }
        let triage = Triage(service: service.id, symptom: symptom ?? .other, platform: device, began: visit.now)
        return show(triage, service, verdict, at: now, visit)
    }

    private func goOn(_ triage: Triage, _ input: Triage.Input, _ service: Service, _ visit: Visit) async -> Outcome {
        if triage.isExpired(at: visit.now) {
            let anew = Triage(service: service.id, symptom: triage.symptom, platform: triage.platform, began: visit.now)
            return await show(anew, service, visit, remark: "expired")
        }
        var next = triage
        next.handle(input, at: visit.now)
        let remark: String? =
            switch input {
            case .declined: "declined"
            case .notInStore: "no-store"
            default: nil
            }
        return await show(next, service, visit, remark: remark)
    }

    private func show(_ triage: Triage, _ service: Service, _ visit: Visit, remark: String?) async -> Outcome {
        let (verdict, now) = await desk.verdict(askedAbout: service.id)
        return show(triage, service, verdict, at: now, visit, remark: remark)
    }

    private func show(
        _ triage: Triage, _ service: Service, _ verdict: Verdict, at now: Instant, _ visit: Visit, remark: String? = nil
    ) -> Outcome {
        let isOutage = FixLadder.Reach(verdict) == .nothing
        let isOver =
            switch TriageDesk(catalog: composer.catalog, verdict: verdict).scene(of: triage) {
            case .fixed, .support: true
            default: false
            }
        memory.note(isOver ? nil : triage, of: visit.person, service.id)
        let remark = isOutage && !isOver && (triage.stage != .asking || !triage.answers.isEmpty) ? "changed" : remark
        let reply = composer.compose(
            triage, service: service, verdict: verdict, at: now, remark: remark,
            isTold: book.isTold(.person(visit.person), of: service.id), language: visit.language)
        return .reply(reply)
    }
}

/// What is said without being asked.
extension Responder {
    /// An answer that was given before a service changed, as it reads now.
    func revised(_ answer: PostedAnswers<PostedPlace>.Posted, since service: ServiceID) async -> Reply? {
        let (wanted, language) = (answer.wanted, answer.language)
        let known = answer.services.compactMap { services[$0] }
        guard let changed = services[service], let place = known.firstIndex(where: { $0.id == service }) else { return nil }
        let (verdicts, now) = await desk.verdicts(of: known.map(\.id))
        let reports = zip(known, verdicts).map { ReplyComposer.Report(service: $0, verdict: $1) }
        var reply = composer.compose(
            wanted, about: reports, at: now, isGuess: answer.isGuess, offersMore: answer.offersMore, language: language)
        if answer.offersMore {
            reply.choices = composer.choices(about: known[0], language: language)
        } else if known.count == 1 {
            reply.choices = composer.choices(under: wanted, about: known[0], state: verdicts[0].state, language: language)
        }
        return composer.revised(reply, about: changed, isBetter: verdicts[place].state == .up, language: language)
    }

    /// News for somebody who wishes for it; nil where it is none any more.
    func news(_ notice: Subscriptions.Notice) async -> Reply? {
        guard let service = services[notice.subscription.service] else { return nil }
        let (verdicts, now) = await desk.verdicts(of: [service.id])
        guard notice.isBack ? verdicts[0].state == .up : verdicts[0].state.isOutage else { return nil }
        return composer.news(
            of: service, verdict: verdicts[0], at: now, isBack: notice.isBack, isLast: notice.isLast,
            language: notice.subscription.language)
    }
}
