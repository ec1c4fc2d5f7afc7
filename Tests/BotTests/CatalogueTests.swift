import Bot
import Diagnostics
import Foundation
import Status
import Testing

@Suite("The service catalogue")
struct CatalogueTests {
    static let minimal = """
        id: example
        name: Example
        components:
          web:
            name: website
            weight: 1
            checks:
              www: https://example.com/

        """

    /// The catalogue that these files make, by name, and the mistakes in it with paths relative to the folder.
    static func read(_ files: [String: String]) throws -> (services: [Service], mistakes: [String]) {
        try read(files.mapValues { Data($0.utf8) })
    }

    static func read(_ files: [String: Data]) throws -> (services: [Service], mistakes: [String]) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("catalogue-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, bytes) in files { try bytes.write(to: folder.appendingPathComponent(name)) }
        var diagnostics = Diagnostics()
        let catalogue = Catalogue(folder: folder.path, diagnostics: &diagnostics)
        return (catalogue.services, diagnostics.all.map { $0.description.replacingOccurrences(of: folder.path + "/", with: "") })
    }

    @Test("the services that come with the bot have no mistakes, and Kik is what the fact sheet says")
    func shipped() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var diagnostics = Diagnostics()
        let catalogue = Catalogue(folder: root.appendingPathComponent("deploy/services").path, diagnostics: &diagnostics)
        #expect(diagnostics.all == [])
        let kik = try #require(catalogue.services.first { $0.id == "kik" })
        #expect(kik.uncertainNames.contains("kick"))
        #expect(!kik.aliases.contains("kick"))
        #expect(kik.components.map(\.id) == ["messaging", "login-web", "media", "website", "help"])
        #expect(kik.components.map(\.weight) == [1, 0.3, 0.3, 0, 0])
        let messaging = try #require(kik.components.first)
        #expect(messaging.checks.map(\.id) == ["android", "ios"])
        #expect(
            messaging.checks.map(\.anyOf) == [
                [try Target("tls://talk1600an.kik.com:443"), try Target("tls://talk1600an.kik.com:5223")],
                [try Target("tls://talk1600ip.kik.com:443")],
            ]
        )
        #expect(kik.components[1].checks[0].expectation == Check.Expectation())
        #expect(kik.contacts.statusPage == nil)
    }

    @Test("every key is read")
    func everything() throws {
        let text = """
            id: example
            name: Example
            aliases: {en: [Exmaple, example app], pt-BR: [exemplo]}
            context_names: [Sample, example]
            uncertain_names: [ex]
            components:
              web:
                name: website
                weight: 0.5
                checks:
                  www:
                    any_of: [https://example.com/, tls://example.com]
                    expect_status: [200, 204, 300-302]
                    expect_text: all is well
                    expect_json: {data.0.state: on, count: 3}
                    follow_redirects: true
                    slow_after: 500ms
                  banner: {any_of: tcp://example.com:25, expect_text: "220 ", send: "hello"}
                  short: [tcp://example.com:25, dns://example.com]
            pages:
              - name: Watcher
                url: https://watcher.example/example
                up: [no problems, all good]
                down: {status.code: 1}
            contacts:
              support: https://help.example.com/
              status_page: https://status.example.com/
              app_store: https://apps.apple.com/app/id1
              google_play: https://play.google.com/store/apps/details?id=com.example

            """
        let (services, mistakes) = try Self.read(["example.yaml": text])
        #expect(mistakes == [])
        let www = Check(
            id: "www",
            anyOf: [try Target("https://example.com/"), try Target("tls://example.com:443")],
            expectation: Check.Expectation(
                statuses: [200, 204, 300, 301, 302],
                text: "all is well",
                json: [.init(path: "data.0.state", value: "on"), .init(path: "count", value: "3")],
                followsRedirects: true
            ),
            slowAfter: .milliseconds(500)
        )
        let banner = Check(
            id: "banner", anyOf: [try Target("tcp://example.com:25")],
            expectation: Check.Expectation(text: "220 ", send: "hello"))
        let short = Check(id: "short", anyOf: [try Target("tcp://example.com:25"), try Target("dns://example.com")])
        let example = Service(
            id: "example",
            name: "Example",
            aliases: ["exmaple", "example app", "exemplo"],
            contextNames: ["sample", "example"],
            uncertainNames: ["ex"],
            components: [Component(id: "web", name: "website", weight: 0.5, checks: [www, banner, short])],
            pages: [
                PageSource(
                    name: "Watcher", url: "https://watcher.example/example", up: [.text("no problems"), .text("all good")],
                    down: [.json(.init(path: "status.code", value: "1"))])
            ],
            contacts: Service.Contacts(
                support: "https://help.example.com/",
                statusPage: "https://status.example.com/",
                appStore: "https://apps.apple.com/app/id1",
                googlePlay: "https://play.google.com/store/apps/details?id=com.example"
            )
        )
        #expect(services == [example])
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        var change: (String, String)
        var message: String
        var testDescription: String { change.1 }
    }

    static let mistakes: [Mistake] = [
        Mistake(
            change: ("name: Example\n", "name: Example\nalaises: [ex]\n"),
            message: "example.yaml:3: Unknown key “alaises”. Did you mean “aliases”?"),
        Mistake(change: ("name: Example\n", ""), message: "example.yaml:1: “name” is missing."),
        Mistake(
            change: ("id: example\n", "id: exmaple\n"),
            message: "example.yaml:1: The id is “exmaple”, but the file is “example.yaml”. Call it exmaple.yaml."
        ),
        Mistake(
            change: ("id: example\n", "id: Ex/../ample\n"),
            message: "example.yaml:1: “Ex/../ample” is no id. Use lower-case letters, digits and dashes."
        ),
        Mistake(
            change: ("weight: 1\n", "weight: -1\n"),
            message: "example.yaml:6: “components.web.weight” needs a number from 0.0 to 1.0."
        ),
        Mistake(
            change: ("weight: 1\n", "weight: .nan\n"),
            message: "example.yaml:6: “components.web.weight” needs a number from 0.0 to 1.0."
        ),
        Mistake(
            change: ("weight: 1\n", "weight: 0\n"),
            message: "example.yaml:4: No component counts: every weight is 0. Give the heart of the service a weight of 1."
        ),
        Mistake(
            change: ("www: https://example.com/", "www: {slow_after: 3s}"),
            message: "example.yaml:8: “components.web.checks.www” has no target. Name one under “any_of”."
        ),
        Mistake(
            change: ("www: https://example.com/", "www: []"),
            message: "example.yaml:8: “components.web.checks.www” needs a target."),
        Mistake(
            change: ("www: https://example.com/", "www: example.com"),
            message:
                "example.yaml:8: “example.com” is no target: it needs a scheme, for example https://example.com or tls://example.com:443."
        ),
        Mistake(
            change: ("www: https://example.com/", "www: {any_of: wss://example.com, expect_status: 200-999}"),
            message: "example.yaml:8: “200-999” is no HTTP status (100 to 599). "
                + "Write a status like 200, a span like 200-499, or a list of both."
        ),
        Mistake(
            change: ("www: https://example.com/", "www: {any_of: tls://example.com, slow_after: 3}"),
            message:
                "example.yaml:8: “components.web.checks.www.slow_after” needs a span of time. Write 500ms, 30s, 5m, 12h or 7d."
        ),
        Mistake(
            change: ("www: https://example.com/", "www: {any_of: dns://example.com, expect_text: hello}"),
            message:
                "example.yaml:8: “components.web.checks.www.expect_text” means nothing for dns://example.com. Leave it out."
        ),
        Mistake(
            change: ("www: https://example.com/", "www: {any_of: tcp://example.com:25, send: hello}"),
            message:
                "example.yaml:8: “components.web.checks.www.send” is said and no answer awaited. Add “expect_text”."
        ),
        Mistake(
            change: ("name: Example\n", "name: Example\naliases: {english: [ex]}\n"),
            message: "example.yaml:3: “english” is no language. Write its tag, such as pt or pt-BR."
        ),
        Mistake(
            change: ("name: Example\n", "name: Example\naliases: [ex]\ncontext_names: [EX]\n"),
            message: "example.yaml:4: “ex” cannot mean it everywhere and in context only. Keep one of them."
        ),
        Mistake(
            change: ("name: Example\n", "name: Example\nretired: {on: 2025-05-05}\n"),
            message: "example.yaml:5: “components” belongs to no service that is “retired”. Keep one of them."
        ),
        Mistake(
            change: ("name: Example\n", "name: Example\npages: [{name: W, url: https://w.example/, up: fine}]\n"),
            message: "example.yaml:3: “pages[0].down” is missing."
        ),
        Mistake(
            change: ("name: Example\n", "name: Example\npages: [{name: W, url: http://w.example/, up: fine, down: bad}]\n"),
            message: "example.yaml:3: “http://w.example/” is no address of a page. It begins with https://."
        ),
        Mistake(
            change: ("name: Example\n", "name: Example\ncontacts: {support: http://help.example.com}\n"),
            message: "example.yaml:3: “contacts.support” needs a page, https://…"
        ),
        Mistake(
            change: ("name: Example\n", "name: Example\naliases: [ex]\nuncertain_names: [EX]\n"),
            message: "example.yaml:4: “ex” cannot be both certain and uncertain. Keep one of them."
        ),
        Mistake(
            change: ("name: Example\n", "name: Example\naliases: [ex, ex]\n"),
            message: "example.yaml:3: “ex” stands here twice."
        ),
    ]

    @Test("a mistake is told with its line and its remedy, and the service is left out", arguments: mistakes)
    func oneMistake(mistake: Mistake) throws {
        let text = Self.minimal.replacingOccurrences(of: mistake.change.0, with: mistake.change.1)
        let (services, mistakes) = try Self.read(["example.yaml": text])
        #expect(mistakes == [mistake.message])
        #expect(services == [])
    }

    @Test("a service that is no more needs nothing but the day")
    func retired() throws {
        let text = "id: example\nname: Example\nretired: {on: 2025-05-05, successor: Other}\n"
        let (services, mistakes) = try Self.read(["example.yaml": text])
        #expect(mistakes == [])
        #expect(services.first?.retirement == Service.Retirement(on: "2025-05-05", successor: "Other"))
        let without = try Self.read(["example.yaml": "id: example\nname: Example\nretired: {successor: Other}\n"])
        #expect(without.1 == ["example.yaml:3: “retired.on” is missing. Write the day, for example 2025-05-05."])
    }

    @Test("a service needs components")
    func noComponents() throws {
        let (services, mistakes) = try Self.read(["example.yaml": "id: example\nname: Example\ncomponents: {}\n"])
        #expect(mistakes == ["example.yaml:3: A service needs a component. Name what to probe under “components”."])
        #expect(services == [])
    }

    @Test("a name cannot mean two services, an uncertain one can")
    func sharedNames() throws {
        let other = Self.minimal.replacingOccurrences(
            of: "id: example\nname: Example", with: "id: other\nname: Other\naliases: [EXAMPLE]")
        let (services, mistakes) = try Self.read(["example.yaml": Self.minimal, "other.yaml": other])
        #expect(
            mistakes == [
                "other.yaml:3: “example” already means example, see example.yaml:1. "
                    + "Keep it in one place, or put it under uncertain_names."
            ]
        )
        #expect(services.map(\.id) == ["example"])
        let uncertain = other.replacingOccurrences(of: "aliases", with: "uncertain_names")
        #expect(try Self.read(["example.yaml": Self.minimal, "other.yaml": uncertain]).mistakes == [])
    }

    @Test("two files for one service are a mistake")
    func sameID() throws {
        let (_, mistakes) = try Self.read(["example.yaml": Self.minimal, "example.yml": Self.minimal])
        #expect(mistakes.count == 1)
        #expect(mistakes.first?.hasPrefix("example.yml:1: “example” already means example, see example.yaml:1.") == true)
    }

    @Test("one broken file does not take the others with it, and other files are left alone")
    func oneBroken() throws {
        let files = [
            "example.yaml": Self.minimal, "broken.yaml": "id: [", "empty.yaml": "", "README.md": "#", ".hidden.yaml": "[",
        ]
        let (services, mistakes) = try Self.read(files)
        #expect(services.map(\.id) == ["example"])
        #expect(mistakes.count == 2)
        #expect(mistakes.first?.hasPrefix("broken.yaml:") == true)
        #expect(mistakes.last == "empty.yaml:1: The file is empty.")
    }

    @Test("a file that is too large, not UTF-8, or nested without end is a mistake")
    func hostile() throws {
        let nested = try Self.read(["deep.yaml": String(repeating: "[", count: 200_000)])
        #expect(nested.mistakes.count == 1)
        let large = try Self.read(["large.yaml": String(repeating: "#", count: 300_000)])
        #expect(large.mistakes == ["large.yaml: The file is larger than 256 KiB."])
        let latin = try Self.read(["latin.yaml": Data([0x6E, 0xE4])])
        #expect(latin.mistakes == ["latin.yaml: The file is not UTF-8."])
    }

    @Test("a missing folder is one clear mistake, and so is an empty one")
    func noFolder() throws {
        var diagnostics = Diagnostics()
        let catalogue = Catalogue(folder: "/nowhere/services", diagnostics: &diagnostics)
        #expect(catalogue.services == [])
        #expect(
            diagnostics.all.map(\.description) == [
                "/nowhere/services: The folder of services cannot be read. Name the folder that holds one YAML file for each service."
            ]
        )
        #expect(try Self.read([String: String]()).mistakes.count == 1)
    }

    @Test("what only looks like a file is a mistake: a folder, and a pipe that would never end")
    func noFile() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("catalogue-\(UUID().uuidString)")
        let inner = folder.appendingPathComponent("folder.yaml")
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(mkfifo(folder.appendingPathComponent("pipe.yaml").path, 0o600) == 0)
        var diagnostics = Diagnostics()
        let catalogue = Catalogue(folder: folder.path, diagnostics: &diagnostics)
        #expect(catalogue.services == [])
        #expect(diagnostics.all.map(\.message) == ["The file cannot be read.", "The file cannot be read."])
    }

    @Test("a service may have feeds beside its probes, or nothing else")
    func feeds() throws {
        let (services, mistakes) = try Self.read([
            "example.yaml": """
            id: example
            name: Example
            feeds:
              - kind: statuspage
                url: https://status.example.com/api/v2/summary.json
                components: [Chat]
            """
        ])
        #expect(mistakes == [])
        #expect(
            services.first?.feeds == [
                FeedSource(kind: "statuspage", url: "https://status.example.com/api/v2/summary.json", components: ["Chat"])
            ])
        let feeds = services.first?.feeds ?? []
        #expect(feeds.map { $0.name(among: feeds) } == ["status.example.com"])
        let regions = ["a", "b"].map { FeedSource(kind: "playstation", url: "https://status.example.com/\($0).json") }
        #expect(regions.map { $0.name(among: regions) } == ["status.example.com/a.json", "status.example.com/b.json"])
    }

    @Test(
        "mistakes in feeds are named with their line and what to do",
        arguments: [
            (
                "kind: statuspge, url: https://a.example/",
                "example.yaml:3: “statuspge” is no kind of feed. Did you mean “statuspage”?"
            ),
            (
                "kind: rss, url: http://a.example/",
                "example.yaml:3: “http://a.example/” is no address of a feed. It begins with https://."
            ),
            ("kind: rss", "example.yaml:3: “feeds[0].url” is missing."),
        ])
    func feedMistakes(feed: String, mistake: String) throws {
        let (services, mistakes) = try Self.read(["example.yaml": "id: example\nname: Example\nfeeds: [{\(feed)}]\n"])
        #expect(mistakes == [mistake])
        #expect(services == [])
    }
}
