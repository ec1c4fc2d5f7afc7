public import Status

/// What can be chosen under an answer that asks back.
extension ReplyComposer {
    /// The services of which one may be meant.
    ///
    /// - Parameter wish: what is wanted of it.
    public func choices(among services: [Service], of wish: ReplyRequest) -> [Reply.Choice] {
        services.map { Reply.Choice(label: $0.name, wanted: wish, service: $0.id) }
    }

    /// What else may be wanted of a service than how it is.
    public func choices(about service: Service, language: String = ResponseCatalog.base) -> [Reply.Choice] {
        let voice = Voice(catalog: catalog, language: language, service: service)
        let wishes: [(section: String, wish: ReplyRequest)] = [("fixes", .fixes(.other)), ("history", .history)]
        return wishes.compactMap { section, wish in
            voice.say("did-you-mean.md", section).map { Reply.Choice(label: $0, wanted: wish, service: service.id) }
        }
    }

    /// What stands in a menu of services.
    public func prompt(language: String = ResponseCatalog.base) -> String {
        Voice(catalog: catalog, language: language).say("did-you-mean.md", "prompt") ?? ""
    }
}
