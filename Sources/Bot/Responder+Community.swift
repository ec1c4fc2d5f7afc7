import Discord
import Intents
import Replies
import Schedules
import Status
import Timing

/// Commands for those who manage a community.
extension Responder {
    func inCommunity(_ visit: Visit, _ answer: () async -> Outcome) async -> Outcome {
        guard visit.community != nil else { return .reply(notice("settings.md", "only-server", nil, visit)) }
        guard visit.isMember else { return .reply(notice("refusals.md", "not-here", nil, visit)) }
        // Discord lets a server's owner give a command to anybody; what it changes is still for those who manage it.
        guard visit.mayManage else { return .reply(notice("settings.md", "not-allowed", nil, visit)) }
        return await answer()
    }

    func announce(_ service: Service, in channel: Snowflake?, _ visit: Visit) async -> Outcome {
        guard service.retirement == nil else {
            return .reply(composer.compose(.status, service: service, verdict: .retired, at: .origin, language: visit.language))
        }
        let place = channel.map { "\($0)" } ?? visit.place
        let (verdicts, _) = await desk.verdicts(of: [service.id])
        let outcome = book.with {
            $0.subscriptions.add(
                .place(place, community: visit.group), to: service.id, .standing, state: verdicts[0].state,
                language: visit.manners.language)
        }
        let section =
            switch outcome {
            case .added: "announcing"
            case .already: "announcing-already"
            case .tooMany: "too-many"
            }
        return .reply(notice("people.md", section, service, visit, ["channel": "<#\(place)>"]))
    }

    func announcements(_ visit: Visit) -> Outcome {
        let lines = book.look { $0.subscriptions.inCommunity(visit.group) }.compactMap { subscription -> String? in
            guard case .place(let place, _) = subscription.listener else { return nil }
            return "- \(services[subscription.service]?.name ?? subscription.service.rawValue): <#\(place)>"
        }
        guard !lines.isEmpty else { return .reply(notice("people.md", "announced-nothing", nil, visit)) }
        return .reply(notice("people.md", "announced", nil, visit, ["list": lines.joined(separator: "\n")]))
    }

    func stopAnnouncing(_ service: Service, in channel: Snowflake?, _ visit: Visit) -> Outcome {
        let place = channel.map { "\($0)" } ?? visit.place
        let was = book.with { $0.subscriptions.remove(.place(place, community: visit.group), from: service.id) }
        return .reply(
            notice("people.md", was ? "not-announcing" : "was-not-announcing", service, visit, ["channel": "<#\(place)>"]))
    }

    func settings(_ name: String?, _ language: String?, _ talk: String?, _ visit: Visit) -> Outcome {
        guard let community = visit.community else { return .reply(notice("settings.md", "only-server", nil, visit)) }
        let isNone = name.map { composer.catalog.meansNone($0) } ?? false
        let service = isNone ? nil : name.flatMap { self.service(called: $0) }
        if let name, !isNone, service == nil {
            let guess = completion.offers(for: name, most: 1).first
            return .reply(composer.unknownService(name, guess: guess, language: visit.language))
        }
        if let language, !composer.catalog.languages.contains(language) {
            let languages = composer.catalog.languages.map { composer.catalog.name(ofLanguage: $0) }
            return .reply(notice("settings.md", "no-language", nil, visit, ["languages": languages.joined(separator: ", ")]))
        }
        let talk = talk.flatMap { Talk(rawValue: $0) }
        let isChanged = name != nil || language != nil || talk != nil
        guard isChanged else { return shown(visit.manners, isChanged: false, visit) }
        // Read and written in one, so that two who set something else both have their way.
        let changed = book.with { records -> MannersChange? in
            guard records.settings.count < ChatBook.mostSettings || records.settings[community] != nil else { return nil }
            var change = records.settings[community] ?? MannersChange()
            if name != nil { (change.defaultService, change.hasNoDefaultService) = (service?.id, isNone ? true : nil) }
            if let language { change.language = language }
            if let talk { (change.answersUnaddressed, change.certainty) = (talk != .never, talk.certainty) }
            records.settings[community] = change
            return change
        }
        guard let changed else { return .reply(notice("refusals.md", "trouble", nil, visit)) }
        return shown(changed.applied(to: visit.manners.withoutDefault(if: changed)), isChanged: true, visit)
    }

    private func shown(_ manners: Manners, isChanged: Bool, _ visit: Visit) -> Outcome {
        .reply(
            composer.settings(
                defaultService: manners.defaultService.flatMap { services[$0]?.name }, language: manners.language,
                talk: Talk(manners).rawValue, isChanged: isChanged, language: visit.language))
    }
}

/// How readily questions are answered that nobody put to the bot.
private enum Talk: String {
    case never, sure, eager

    init(_ manners: Manners) {
        guard manners.answersUnaddressed else {
            self = .never
            return
        }
        self = manners.certainty < 0.8 ? .eager : .sure
    }

    /// Nil for as usual.
    var certainty: Double? { self == .eager ? 0.6 : nil }
}

extension Manners {
    fileprivate func withoutDefault(if change: MannersChange) -> Manners {
        var manners = self
        if change.hasNoDefaultService == true { manners.defaultService = nil }
        if change.certainty == nil, change.answersUnaddressed != nil { manners.certainty = Manners().certainty }
        return manners
    }
}
