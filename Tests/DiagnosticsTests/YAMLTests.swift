import Diagnostics
import Testing

@Suite("Reading YAML that people wrote")
struct YAMLTests {
    enum Colour: String, CaseIterable { case red, green }

    @Test("an unknown key is reported with its line and the nearest right name")
    func unknownKey() throws {
        let root = try YAMLValue(parsing: "name: Kik\nalaises: [kikk]\n", file: "kik.yaml")
        var diagnostics = Diagnostics()
        let entries = diagnostics.mapping(root, known: ["name", "aliases"])
        #expect(entries.keys.sorted() == ["name"])
        #expect(diagnostics.all.map(\.description) == ["kik.yaml:2: Unknown key “alaises”. Did you mean “aliases”?"])
    }

    @Test("broken YAML says where, counted from the file's own first line")
    func brokenSyntax() {
        #expect {
            _ = try YAMLValue(parsing: "a: 1\nb: [1, 2\nc: 3\n", file: "x.yaml", firstLine: 5)
        } throws: { error in
            guard let diagnostic = error as? Diagnostic else { return false }
            return diagnostic.file == "x.yaml" && (6...7).contains(diagnostic.line ?? 0)
        }
    }

    @Test("a key that stands twice is an error, not the last one winning")
    func duplicateKey() {
        #expect(throws: Diagnostic.self) { _ = try YAMLValue(parsing: "a: 1\na: 2\n", file: "x.yaml") }
    }

    @Test("wrong types are reported each with its line, and the rest is still read")
    func wrongTypes() throws {
        let text = "count: many\nwait: soon\ncolour: gren\nlist: 3\nname: fine\n"
        let root = try YAMLValue(parsing: text, file: "x.yaml")
        var diagnostics = Diagnostics()
        let entries = diagnostics.mapping(root, known: ["count", "wait", "colour", "list", "name"])
        #expect(entries["count"].flatMap { diagnostics.number($0, in: 0...1) } == nil)
        #expect(entries["wait"].flatMap { diagnostics.duration($0) } == nil)
        #expect(entries["colour"].flatMap { diagnostics.word($0, as: Colour.self) } == nil)
        #expect(entries["list"].map { diagnostics.list($0).count } == 0)
        #expect(entries["name"].flatMap { diagnostics.string($0) } == "fine")
        #expect(diagnostics.all.map(\.line) == [1, 2, 3, 4])
        #expect(diagnostics.all[2].remedy == "Did you mean “green”?")
    }

    @Test(
        "spans of time",
        arguments: [
            ("500ms", Duration.milliseconds(500)), ("30s", .seconds(30)), ("5m", .seconds(300)), ("12h", .seconds(43_200)),
            ("7d", .seconds(604_800)), ("7", nil), ("s", nil), ("-3s", nil), ("1.5s", nil), ("99999999s", nil), ("", nil),
        ] as [(String, Duration?)]
    )
    func durations(text: String, duration: Duration?) {
        #expect(Duration(written: text) == duration)
    }

    @Test("the nearest name allows for typing slips and nothing more")
    func nearest() {
        #expect(nearestName(to: "aliasse", among: ["name", "aliases"]) == "aliases")
        #expect(nearestName(to: "nmae", among: ["name", "aliases"]) == "name")
        #expect(nearestName(to: "zebra", among: ["name", "aliases"]) == nil)
        #expect(nearestName(to: "x", among: [String]()) == nil)
    }
}
