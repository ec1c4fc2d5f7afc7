import Diagnostics
import Status

extension Diagnostics {
    /// Lower-case letters, digits and dashes: what is safe in file names, journals and addresses.
    mutating func identifier(_ value: YAMLValue) -> String? {
        guard let text = string(value) else { return nil }
        guard isIdentifier(text) else {
            report(value.diagnostic("“\(text)” is no id.", remedy: "Use lower-case letters, digits and dashes."))
            return nil
        }
        return text
    }

    mutating func component(_ id: String, _ value: YAMLValue) -> Component? {
        guard isIdentifier(id) else {
            report(value.diagnostic("“\(id)” is no component's id.", remedy: "Use lower-case letters, digits and dashes."))
            return nil
        }
        let entries = mapping(value, known: ["name", "weight", "checks"])
        let name = entries["name"].flatMap { string($0) }
        let weight = entries["weight"].flatMap { number($0, in: 0...1) }
        let checks = entries["checks"].map { self.checks($0) } ?? []
        for key in ["name", "weight", "checks"] where entries[key] == nil {
            report(value.diagnostic("“\(value.path).\(key)” is missing."))
        }
        guard let name, let weight, !checks.isEmpty else { return nil }
        return Component(id: id, name: name, weight: weight, checks: checks)
    }

    private mutating func checks(_ value: YAMLValue) -> [Check] {
        let entries = entries(value)
        if entries.isEmpty { report(value.diagnostic("“\(value.path)” needs a check.", remedy: "Write a name and a target.")) }
        return entries.compactMap { check($0.key, $0.value) }
    }

    /// A check in full, or in short: its one target, or a list of them.
    private mutating func check(_ id: String, _ value: YAMLValue) -> Check? {
        guard isIdentifier(id) else {
            report(value.diagnostic("“\(id)” is no check's id.", remedy: "Use lower-case letters, digits and dashes."))
            return nil
        }
        guard value.isMapping else {
            let targets = targets(value)
            return targets.isEmpty ? nil : Check(id: id, anyOf: targets)
        }
        let known = [
            "any_of", "expect_status", "expect_text", "expect_json", "follow_redirects", "send", "slow_after",
        ]
        let entries = mapping(value, known: known)
        guard let doors = entries["any_of"] else {
            report(value.diagnostic("“\(value.path)” has no target.", remedy: "Name one under “any_of”."))
            return nil
        }
        let targets = targets(doors)
        guard !targets.isEmpty else { return nil }
        var check = Check(id: id, anyOf: targets, expectation: expectation(entries, of: targets))
        if let slow = entries["slow_after"].flatMap({ duration($0) }) { check.slowAfter = slow }
        return check
    }

    /// One target, or a list of them.
    mutating func targets(_ value: YAMLValue) -> [Target] {
        guard value.isList else { return target(value).map { [$0] } ?? [] }
        let items = list(value)
        if items.isEmpty { report(value.diagnostic("“\(value.path)” needs a target.")) }
        return items.compactMap { target($0) }
    }

    mutating func target(_ value: YAMLValue) -> Target? {
        guard let text = string(value) else { return nil }
        do {
            return try Target(text)
        } catch {
            report(value.diagnostic("\(error)."))
            return nil
        }
    }

    /// That a service is no more: since when, and what took its place.
    mutating func retirement(_ value: YAMLValue) -> Service.Retirement? {
        let entries = mapping(value, known: ["on", "successor"])
        guard let day = entries["on"].flatMap({ string($0) }) else {
            report(value.diagnostic("“\(value.path).on” is missing.", remedy: "Write the day, for example 2025-05-05."))
            return nil
        }
        return Service.Retirement(on: day, successor: entries["successor"].flatMap { string($0) })
    }

    mutating func contacts(_ value: YAMLValue) -> Service.Contacts {
        let entries = mapping(value, known: ["support", "status_page", "app_store", "google_play"])
        return Service.Contacts(
            support: entries["support"].flatMap { page($0) },
            statusPage: entries["status_page"].flatMap { page($0) },
            appStore: entries["app_store"].flatMap { page($0) },
            googlePlay: entries["google_play"].flatMap { page($0) }
        )
    }

    /// A page to send people to, which must be https.
    private mutating func page(_ value: YAMLValue) -> String? {
        guard let text = string(value) else { return nil }
        guard (try? Target(text))?.kind == .https else {
            report(value.diagnostic("“\(value.path)” needs a page, https://…"))
            return nil
        }
        return text
    }
}

private func isIdentifier(_ text: String) -> Bool {
    let isAllowed = { (byte: UInt8) in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || byte == UInt8(ascii: "-")
    }
    return !text.isEmpty && text.utf8.count <= 40 && text.utf8.allSatisfy(isAllowed)
}
