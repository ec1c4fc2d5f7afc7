import Diagnostics
import Feeds
import Status

extension Diagnostics {
    /// The official feeds of a service.
    mutating func feeds(_ value: YAMLValue) -> [FeedSource] {
        list(value).compactMap { feed($0) }
    }

    private mutating func feed(_ value: YAMLValue) -> FeedSource? {
        let entries = mapping(value, known: ["kind", "url", "components"])
        for key in ["kind", "url"] where entries[key] == nil {
            report(value.diagnostic("“\(value.path).\(key)” is missing."))
        }
        guard let kindValue = entries["kind"], let kind = string(kindValue), let urlValue = entries["url"],
            let url = string(urlValue)
        else {
            return nil
        }
        let known = FeedKind.allCases.map(\.rawValue)
        guard known.contains(kind) else {
            let remedy =
                nearestName(to: kind, among: known).map { "Did you mean “\($0)”?" }
                ?? "It is one of \(known.joined(separator: ", "))."
            report(kindValue.diagnostic("“\(kind)” is no kind of feed.", remedy: remedy))
            return nil
        }
        guard url.hasPrefix("https://"), (try? Target(url)) != nil else {
            report(urlValue.diagnostic("“\(url)” is no address of a feed.", remedy: "It begins with https://."))
            return nil
        }
        let components = entries["components"].map { list($0).map { string($0) ?? "" } } ?? []
        return FeedSource(kind: kind, url: url, components: components.filter { !$0.isEmpty })
    }
}
