import Status

extension Voice {
    /// The sentence for one piece of a verdict's explanation.
    func sentence(for reason: Reason, about service: Service) -> String? {
        switch reason {
        case .answers(let component, let milliseconds):
            say("reasons.md", "answers", values(component, service, milliseconds: milliseconds))
        case .slow(let component, let milliseconds):
            say("reasons.md", "slow", values(component, service, milliseconds: milliseconds))
        case .blocked(let component):
            say("reasons.md", "blocked", values(component, service))
        case .silent(let component, let phase, let failed, let of):
            say(
                "reasons.md",
                firstOf: ["silent \(phase.rawValue)", "silent"],
                values(component, service).merging(["failed": String(failed), "of": String(of)]) { $1 }
            )
        case .partlySilent(let component, let check):
            say(
                "reasons.md",
                firstOf: ["partly-silent \(check)", "partly-silent"],
                values(component, service).merging(["check": check]) { $1 }
            )
        case .recovering(let component):
            say("reasons.md", "recovering", values(component, service))
        case .unconfirmed(let component):
            say("reasons.md", "unconfirmed", values(component, service))
        case .familySilent(let component, let family):
            say("reasons.md", "family-silent \(family.rawValue)", values(component, service))
        case .unstable(let component, let changes):
            say("reasons.md", "unstable", values(component, service).merging(["count": String(changes)]) { $1 })
        case .blind(let failed, let of):
            say("reasons.md", "blind", ["failed": String(failed), "of": String(of)])
        case .official(let source, let word):
            say("reasons.md", "official \(word.rawValue)", ["source": source])
        case .pages(let down, let of):
            say("reasons.md", down == 0 ? "pages up" : "pages", ["count": String(down), "of": String(of)])
        case .people(let count):
            say("reasons.md", "people", ["count": String(count)])
        case .places(let failing, let of):
            say("reasons.md", "places", ["failed": String(failing), "of": String(of)])
        case .stale:
            say("reasons.md", "stale")
        case .noEvidence:
            say("reasons.md", "no-evidence")
        }
    }

    private func values(_ component: String, _ service: Service, milliseconds: Int? = nil) -> [String: String] {
        var values = ["component": part(component, of: service)]
        values["time"] = milliseconds.flatMap { took(milliseconds: $0) }
        return values
    }
}

extension Voice {
    /// A component as it reads in a sentence, from its id or its name; in the catalogue's own words where nobody has translated them.
    func part(_ component: String, of service: Service) -> String {
        let name = service.find(component)?.name ?? component
        return say("parts.md", name) ?? name
    }
}

extension Service {
    /// How much a component counts; one that the catalogue does not know counts fully.
    func weight(ofComponent component: String) -> Double {
        find(component)?.weight ?? 1
    }

    fileprivate func find(_ component: String) -> Component? {
        components.first { $0.id == component || $0.name == component }
    }
}

extension Reason {
    /// The component that it speaks of.
    var component: String? {
        switch self {
        case .answers(let component, _), .slow(let component, _), .blocked(let component), .silent(let component, _, _, _),
            .partlySilent(let component, _), .familySilent(let component, _), .unstable(let component, _),
            .recovering(let component), .unconfirmed(let component):
            component
        case .blind, .stale, .noEvidence, .official, .pages, .people, .places: nil
        }
    }
}
