import Diagnostics
import Status

extension Diagnostics {
    /// What a check expects of its targets, one of which must be able to give it.
    mutating func expectation(_ entries: [String: YAMLValue], of targets: [Target]) -> Check.Expectation {
        let web: Set<Target.Kind> = [.http, .https]
        let bare: Set<Target.Kind> = [.tcp, .tls]
        for (key, kinds) in [
            ("expect_status", web.union([.ws, .wss])), ("expect_text", web.union(bare)), ("expect_json", web),
            ("follow_redirects", web), ("send", bare),
        ] {
            guard let value = entries[key], let first = targets.first, targets.allSatisfy({ !kinds.contains($0.kind) }) else {
                continue
            }
            report(value.diagnostic("“\(value.path)” means nothing for \(first).", remedy: "Leave it out."))
        }
        if let value = entries["send"], entries["expect_text"] == nil {
            report(value.diagnostic("“\(value.path)” is said and no answer awaited.", remedy: "Add “expect_text”."))
        }
        return Check.Expectation(
            statuses: entries["expect_status"].flatMap { statuses($0) },
            text: entries["expect_text"].flatMap { shortText($0) },
            json: entries["expect_json"].map { jsonValues($0) } ?? [],
            followsRedirects: entries["follow_redirects"].flatMap { flag($0) } ?? false,
            send: entries["send"].flatMap { shortText($0) }
        )
    }

    mutating func shortText(_ value: YAMLValue) -> String? {
        guard let text = string(value) else { return nil }
        guard !text.isEmpty, text.utf8.count <= Check.Expectation.longestText else {
            report(value.diagnostic("“\(value.path)” needs a text of at most \(Check.Expectation.longestText) bytes."))
            return nil
        }
        return text
    }

    /// `path.to.it: value` for each.
    mutating func jsonValues(_ value: YAMLValue) -> [Check.Expectation.JSONValue] {
        entries(value).compactMap { path, value in
            string(value).map { Check.Expectation.JSONValue(path: path, value: $0) }
        }
    }
}
