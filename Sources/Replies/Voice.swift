import Status

/// The catalogue in one language, about one service: turns the name of a text into the words.
struct Voice {
    let catalog: ResponseCatalog
    let language: String
    /// What can be filled in everywhere.
    private(set) var values: [String: String] = [:]

    init(catalog: ResponseCatalog, language: String) {
        self.catalog = catalog
        self.language = language
    }

    init(catalog: ResponseCatalog, language: String, service: Service) {
        self.init(catalog: catalog, language: language)
        values["service"] = service.name
        values["support"] = service.contacts.support
        values["statusPage"] = service.contacts.statusPage
        values["appStore"] = service.contacts.appStore
        values["googlePlay"] = service.contacts.googlePlay
        values["closed"] = service.retirement?.on
        values["successor"] = service.retirement?.successor
        values["loss"] = say("services/\(service.id).md", "loss")
    }

    /// The words of a text; nil when it does not exist or comes out empty.
    func say(_ file: String, _ section: String = "text", _ more: [String: String] = [:]) -> String? {
        guard let template = catalog.template(file, section, language: language) else { return nil }
        let words = template.render(values.merging(more) { $1 })
        return words.isEmpty ? nil : words
    }

    /// Who can help with a service: what is particular about it, else its help page.
    func support(for service: Service) -> String? {
        say("services/\(service.id).md", "contact") ?? say("contact.md", "where")
    }

    /// An honest word for those whose device has no such app.
    func elsewhere(_ platform: Platform, _ service: Service) -> String? {
        say("services/\(service.id).md", firstOf: [platform.rawValue, "elsewhere"])
            ?? say("fixes.md", platform == .windowsPhone ? "windows-phone" : "elsewhere")
    }

    /// The first of several texts that exists.
    func say(_ file: String, firstOf sections: [String], _ more: [String: String] = [:]) -> String? {
        for section in sections {
            if let words = say(file, section, more) { return words }
        }
        return nil
    }
}
