import Diagnostics
import Status

extension Diagnostics {
    /// The pages of third parties that watch a service.
    mutating func pages(_ value: YAMLValue) -> [PageSource] {
        var names: Set<String> = []
        return list(value).compactMap { item in
            guard let page = page(item) else { return nil }
            guard names.insert(page.name).inserted else {
                report(item.diagnostic("“\(page.name)” stands here twice.", remedy: "Give each page a name of its own."))
                return nil
            }
            return page
        }
    }

    private mutating func page(_ value: YAMLValue) -> PageSource? {
        let entries = mapping(value, known: ["name", "url", "up", "down"])
        for key in ["name", "url", "up", "down"] where entries[key] == nil {
            report(value.diagnostic("“\(value.path).\(key)” is missing."))
        }
        guard let name = entries["name"].flatMap({ string($0) }), let urlValue = entries["url"], let url = string(urlValue),
            let up = entries["up"], let down = entries["down"]
        else { return nil }
        guard url.hasPrefix("https://"), (try? Target(url)) != nil else {
            report(urlValue.diagnostic("“\(url)” is no address of a page.", remedy: "It begins with https://."))
            return nil
        }
        return PageSource(name: name, url: url, up: signs(up), down: signs(down))
    }

    /// A text, values of a JSON page, or a list of both.
    private mutating func signs(_ value: YAMLValue) -> [PageSource.Sign] {
        if value.isList { return list(value).flatMap { signs($0) } }
        if value.isMapping { return jsonValues(value).map { .json($0) } }
        return shortText(value).map { [.text($0)] } ?? []
    }
}
