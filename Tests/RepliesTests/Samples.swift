import Diagnostics
import Foundation
import Replies
import Status
import Timing

/// The project's own texts, and what to say them about.
enum Samples {
    static let now = Instant(sinceOrigin: .seconds(100_000))

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Markdown file of `Responses/`, read once.
    static let files: [(path: String, text: String)] = {
        let folder = root.appending(path: "Responses")
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".md") }.sorted().compactMap { path in
            (try? String(contentsOf: folder.appending(path: path), encoding: .utf8)).map { (path, $0) }
        }
    }()

    private static let read = Result { try ResponseCatalog(files: files) }

    static func catalog() throws -> ResponseCatalog {
        try read.get()
    }

    static func composer() throws -> ReplyComposer {
        ReplyComposer(catalog: try catalog(), services: services)
    }

    /// The texts with one of them changed, added, or taken away.
    static func files(changing path: String, _ change: (String) -> String?) -> [(path: String, text: String)] {
        let text = files.first { $0.path == path }?.text ?? ""
        return english.filter { $0.path != path } + (change(text).map { [(path, $0)] } ?? [])
    }

    /// The same of English alone.
    static let english = files.filter { $0.path.hasPrefix("en/") }

    /// The mistakes that reading finds when one text is changed, beside English.
    static func mistakes(changing path: String, _ change: (String) -> String?) -> [Diagnostic] {
        do {
            _ = try ResponseCatalog(files: files(changing: path, change))
            return []
        } catch {
            return error.diagnostics
        }
    }

    static let kik = Service(
        id: "kik",
        name: "Kik",
        components: [
            component("messaging", "message servers", weight: 1), component("login-web", "log-in pages", weight: 0.4),
            component("media", "picture and video servers", weight: 0.4), component("website", "website", weight: 0),
        ],
        contacts: Service.Contacts(
            support: "https://help.kik.com/hc/en-us",
            appStore: "https://apps.apple.com/app/id357218860",
            googlePlay: "https://play.google.com/store/apps/details?id=kik.android"
        )
    )

    /// A service about which nothing particular is written, and whose names are as long as any.
    static let plain = Service(
        id: "plain",
        name: "A Service With a Long Name",
        components: [component("all", "accounts and payment servers", weight: 1)],
        contacts: Service.Contacts(
            support: "https://support.example.com/hc/en-us/requests/new",
            statusPage: "https://status.example.com",
            appStore: "https://apps.apple.com/app/id1234567890",
            googlePlay: "https://play.google.com/store/apps/details?id=com.example.service.android"
        )
    )

    /// A service about which nothing is known but its name.
    static let bare = Service(id: "bare", name: "Bare", components: [])

    static let services = [kik, plain, bare]

    private static func component(_ id: String, _ name: String, weight: Double) -> Component {
        Component(id: id, name: name, weight: weight, checks: [])
    }

    /// Every kind of reason about the first component of a service.
    static func reasons(_ service: Service) -> [Reason] {
        let part = service.components.first?.id ?? "servers"
        return ProbeResult.Phase.allCases.map { .silent(component: part, phase: $0, failed: 5, of: 5) } + [
            .answers(component: part, milliseconds: 83), .slow(component: part, milliseconds: 4_210), .blocked(component: part),
            .partlySilent(component: part, check: "android"), .partlySilent(component: part, check: "ios"),
            .partlySilent(component: part, check: "old phones"), .unconfirmed(component: part), .blind(failed: 6, of: 7), .stale,
            .noEvidence,
        ]
    }

    static func verdict(
        _ state: Verdict.State,
        _ scope: Verdict.Scope = .unclear,
        age: Duration? = .seconds(12),
        because: [Reason] = [],
        against: [Reason] = []
    ) -> Verdict {
        Verdict(
            state: state,
            scope: scope,
            confidence: 0.9,
            observed: age.map { now.advanced(by: .zero - $0) },
            because: because,
            against: against
        )
    }

    static let up = verdict(.up, .everyone, because: [.answers(component: "messaging", milliseconds: 83)])

    /// Every state with every scope, bare and with as many long reasons as are ever shown.
    static func verdicts(_ service: Service) -> [Verdict] {
        Verdict.State.allCases.flatMap { state in
            Verdict.Scope.allCases.flatMap { scope in
                [verdict(state, scope, age: nil)]
                    + reasons(service).map { verdict(state, scope, because: [$0, $0, $0, $0], against: [$0, $0, $0]) }
            }
        }
    }

    /// All pages of a ladder, each with the request that leads to it.
    static func pages(
        _ symptom: Symptom,
        platform: Platform? = nil,
        service: Service = kik,
        verdict: Verdict = up,
        by composer: ReplyComposer
    ) -> [Reply] {
        var pages: [Reply] = []
        var request: ReplyRequest? = .fixes(symptom, platform: platform)
        while let wanted = request, pages.count < 20 {
            let reply = composer.compose(wanted, service: service, verdict: verdict, at: now)
            pages.append(reply)
            request = composer.continuation(of: reply.text, service: service, platform: platform)
        }
        return pages
    }
}
