import Diagnostics
import Replies
import Status
import Testing

@Suite("Answers in other languages")
struct LanguageTests {
    /// English with a little Portuguese and less Brazilian.
    func composer() throws -> ReplyComposer {
        let files =
            Samples.english + [
                ("pt/thanks.md", "De nada."), ("pt/which-service.md", "Qual deles?{{#services}} {{services}}{{/services}}"),
                ("pt-BR/thanks.md", "Imagina."),
                ("pt/explain/bugs.md", "---\nwords: [defeito]\n---\nUm defeito."),
            ]
        return ReplyComposer(catalog: try ResponseCatalog(files: files))
    }

    @Test(
        "fall back by file: pt-BR, then pt, then en",
        arguments: [
            ("pt-BR", "Imagina.", "Qual deles?"), ("pt-br", "Imagina.", "Qual deles?"),
            ("pt", "De nada.", "Qual deles?"), ("pt-PT", "De nada.", "Qual deles?"),
            ("pt-BR-x-long-tag", "Imagina.", "Qual deles?"),
        ]
    )
    func fallback(language: String, thanks: String, which: String) throws {
        let composer = try composer()
        #expect(composer.compose(.thanks, language: language).text == thanks)
        #expect(composer.compose(.whichService, language: language).text == which)
        #expect(composer.compose(.help, language: language) == composer.compose(.help, language: "en"))
    }

    @Test(
        "a language that nobody wrote is answered in English",
        arguments: ["de", "", "-", "zz-ZZ", String(repeating: "a-", count: 500)])
    func unknownLanguage(language: String) throws {
        let composer = try composer()
        #expect(composer.compose(.thanks, language: language) == composer.compose(.thanks))
    }

    @Test("topics are found by the words of the language, then by the English ones")
    func topicWords() throws {
        let catalog = try composer().catalog
        #expect(catalog.wanted(namedIn: "o que é um defeito?", language: "pt-BR") == .explain(.bugs))
        #expect(catalog.wanted(namedIn: "what is a bug", language: "pt-BR") == .explain(.bugs))
        #expect(catalog.wanted(namedIn: "o que é um defeito?", language: "en") == nil)
    }

    @Test("a translation that lacks a text of its file is a mistake, not a silence")
    func incompleteFile() {
        let mistakes = Samples.mistakes(changing: "nl/fixes/network.md") { _ in "## title\nNetwerk\n## cost\nniets" }
        #expect(
            mistakes.map(\.description) == [
                "Responses/nl/fixes/network.md: The text “how” is missing. English has it in line 14."
            ])
    }

    @Test("a translation may repeat the facts, and must not change them")
    func contradiction() throws {
        let english = try #require(Samples.files.first { $0.path == "en/fixes/reset.md" }?.text)
        #expect(Samples.mistakes(changing: "nl/fixes/reset.md") { _ in english }.isEmpty)
        let mistakes = Samples.mistakes(changing: "nl/fixes/reset.md") { _ in english.replacing("level: 8", with: "level: 1") }
        #expect(mistakes.count == 1)
        #expect(mistakes.first?.message == "The facts here are not those of the English file.")
    }

    @Test("a copy of the English folder is a language without mistakes")
    func copiedFolder() throws {
        let copy = Samples.files.filter { $0.path.hasPrefix("en/") }.map { (path: "nl/" + $0.path.dropFirst(3), text: $0.text) }
        #expect(try ResponseCatalog(files: Samples.files + copy).languages.contains("nl"))
    }
}
