public import Status

/// What can be chosen under an answer that asks back.
extension ReplyComposer {
    /// The services of which one may be meant.
    ///
    /// - Parameter wish: what is wanted of it.
    public func choices(among services: [Service], of wish: ReplyRequest) -> [Reply.Choice] {
        services.map { Reply.Choice(label: $0.name, action: .ask(wish, $0.id)) }
    }

    /// What else may be wanted of a service than how it is.
    public func choices(about service: Service, language: String = ResponseCatalog.base) -> [Reply.Choice] {
        let voice = Voice(catalog: catalog, language: language, service: service)
        let wishes: [(section: String, wish: ReplyRequest)] = [("fixes", .fixes(.other)), ("history", .history)]
        return wishes.compactMap { section, wish in
            voice.say("did-you-mean.md", section).map { Reply.Choice(label: $0, action: .ask(wish, service.id)) }
        }
    }

    /// What can be done about an answer on how a service is, or on what to try.
    public func choices(
        under wanted: ReplyRequest, about service: Service, state: Verdict.State, language: String = ResponseCatalog.base
    ) -> [Reply.Choice] {
        guard service.retirement == nil else { return [] }
        let symptom: Symptom? =
            if case .fixes(let symptom, platform: _, after: _) = wanted, symptom != .other { symptom } else { nil }
        let again = ChatAction.again(wanted.first, service.id)
        let actions: [(label: String, action: ChatAction)] =
            switch (wanted, state) {
            case (.status, .up), (.fixes, .up):
                [
                    ("again", again), ("same", .same(service.id)), ("works", .works(service.id)),
                    ("fix", .fix(service.id, symptom)),
                ]
            case (.status, _), (.fixes, _):
                [
                    ("again", again), ("same", .same(service.id)), ("works", .works(service.id)), ("tell", .tell(service.id)),
                    ("fix", .fix(service.id, symptom)),
                ]
            case (.history, _): [("again", again)]
            case (.subscribe, .up): []
            case (.subscribe, _): [("tell", .tell(service.id))]
            default: []
            }
        let voice = Voice(catalog: catalog, language: language, service: service)
        return actions.compactMap { voice.choice($0.label, $0.action) }
    }

    /// What can be done by somebody for whom it fails.
    public func choices(fixing service: Service, telling: Bool, language: String = ResponseCatalog.base) -> [Reply.Choice] {
        let voice = Voice(catalog: catalog, language: language, service: service)
        return [voice.choice("fix", .fix(service.id, nil)), telling ? voice.choice("tell", .tell(service.id)) : nil].compactMap(
            \.self)
    }

    /// What stands in a menu of services.
    public func prompt(language: String = ResponseCatalog.base) -> String {
        Voice(catalog: catalog, language: language).say("did-you-mean.md", "prompt") ?? ""
    }
}

extension ReplyRequest {
    /// The same from its beginning.
    fileprivate var first: ReplyRequest {
        if case .fixes(let symptom, let platform, after: _) = self { .fixes(symptom, platform: platform) } else { self }
    }
}

extension Voice {
    /// A button with the words of `labels.md`.
    func choice(_ label: String, _ action: ChatAction, _ weight: Reply.Choice.Weight = .plain) -> Reply.Choice? {
        say("labels.md", label).map { Reply.Choice(label: $0, action: action, weight: weight) }
    }
}
