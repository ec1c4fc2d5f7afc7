import Diagnostics
import Status
import Testing

@testable import Intents

@Suite("Names of services")
struct ServiceIndexTests {
    private func service(_ text: String, defaultService: ServiceID? = nil) -> ServiceID? {
        Bundled.matcher.match(text, context: MatchContext(defaultService: defaultService)).service
    }

    @Test(
        "are found as people write them",
        arguments: [
            ("kiks down", "kik"), ("KIK's servers are down", "kik"), ("is kik messenger down", "kik"), ("#kikdown", "kik"),
            ("is whatsap down", "whatsapp"), ("whatsaapp wont open", "whatsapp"), ("whats app down?", "whatsapp"),
            ("is instagarm down", "instagram"), ("teligram dead?", "telegram"), ("is tik-tok down", "tiktok"),
            ("ig down?", "instagram"), ("is web.whatsapp.com down", "whatsapp"), ("is ms teams down", "teams"),
            ("is facebook messenger down", "messenger"), ("is msn messenger down", "msn-messenger"), ("вайбер down", "viber"),
            ("o zapzap caiu", "whatsapp"),
        ]
    )
    func found(text: String, id: ServiceID) {
        #expect(service(text) == id)
    }

    @Test(
        "that are ordinary words count beside words of failure and apps",
        arguments: [
            ("is x down", "x"), ("x wont load", "x"), ("is line down", "line"), ("the signal app crashes", "signal"),
            ("is steam down rn", "steam"), ("teams keeps crashing", "teams"), ("zoom isn't working", "zoom"),
            ("call me on teams", "teams"), ("is discord or my wifi down", "discord"), ("tg down?", "telegram"),
            ("is zoom not letting anyone join", "zoom"), ("does steam not start for you", "steam"),
        ]
    )
    func inContext(text: String, id: ServiceID) {
        #expect(service(text) == id)
    }

    @Test(
        "that are ordinary words are ordinary otherwise",
        arguments: [
            "both teams played so well", "kick me lol", "is kick down", "the line was so long", "my signal is so weak",
            "love you x",
            "full steam ahead", "zoom in a bit", "cut me some slack", "oh snap", "this is so meta", "solve for x",
            "discard that card",
            "what's up", "i let my boss down", "an epic night", "she was my first love",
        ]
    )
    func ordinary(text: String) {
        #expect(service(text) == nil)
    }

    @Test(
        "that are slips of the chat's own service count there",
        arguments: [("is kick down", "kik"), ("kick wont connect", "kik"), ("kick me lol", nil), ("kick him out", nil)]
            as [(String, ServiceID?)]
    )
    func home(text: String, id: ServiceID?) {
        #expect(service(text, defaultService: "kik") == id)
    }

    @Test("tolerate no slip when they are short")
    func shortNames() {
        let index = ServiceIndex([ServiceNames(id: "kik", names: ["kik"]), ServiceNames(id: "viber", names: ["viber"])])
        for word in ["kid", "kin", "viper", "fiber"] {
            #expect(index.mentions(in: TextNormalizer.normalize("is \(word) down"), defaultService: nil) == [])
        }
    }

    @Test("of the catalogue hold, those of services that it lacks come after, and an ordinary word is one wherever it stands")
    func merge() {
        let line = Service(
            id: "line", name: "LINE", aliases: ["line app"], contextNames: ["line"], uncertainNames: ["lime"], components: [])
        let names = ServiceNames(line)
        #expect(names == ServiceNames(id: "line", names: ["line app"], contextNames: ["line"], homeNames: ["lime"]))
        let known = [ServiceNames(id: "line", names: ["lain"]), ServiceNames(id: "meta", names: ["meta servers"])]
        #expect(ServiceNames.merge(catalogue: [names], known: known) == [names, known[1]])
    }

    @Test("are read from a list, every mistake with its line")
    func parse() {
        var diagnostics = Diagnostics()
        let text = "# known\nkik\tkik, kikk\t-\tkick\n\nx\ttwitter\tx\nx\tagain\nalone\n"
        let services = ServiceNames.parse(tsv: text, file: "known.tsv", into: &diagnostics)
        #expect(
            services == [
                ServiceNames(id: "kik", names: ["kik", "kikk"], homeNames: ["kick"]),
                ServiceNames(id: "x", names: ["twitter"], contextNames: ["x"]),
            ]
        )
        #expect(diagnostics.all.map(\.line) == [5, 6])
    }
}
