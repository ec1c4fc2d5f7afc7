import Foundation
import Replies
import Status
import Testing

/// The article that the bot began with: what it advises is all there, where it was wrong it is put right, and none of it is copied.
@Suite("What the article says, in our own words")
struct ArticleTests {
    let composer: ReplyComposer

    init() throws {
        composer = try Samples.composer()
    }

    @Test(
        "its seven fixes are on the general ladder",
        arguments: [
            "Reset Kik", "Update the phone's system", "Update Kik", "Restart the device", "Force close Kik",
            "Only the official store", "Reinstall Kik",
        ]
    )
    func sevenFixes(fix: String) {
        let text = Samples.pages(.other, by: composer).map(\.text).joined(separator: "\n")
        #expect(text.contains(fix))
    }

    @Test("its five steps, numbered")
    func fiveSteps() {
        let text = composer.compose(.explain(.checklist)).text
        #expect(text.matches(of: #/(?m)^(\d)\. /#).map { String($0.1) } == ["1", "2", "3", "4", "5"])
    }

    @Test(
        "its five causes",
        arguments: ["phone's system was updated", "app was updated", "servers are down", "Another app", "the connection"]
    )
    func causes(cause: String) {
        #expect(composer.compose(.explain(.causes)).text.contains(cause))
    }

    @Test("messages go through the servers; phones do not talk to each other")
    func messengers() {
        let text = composer.compose(.explain(.messengers)).text
        #expect(text.contains("Phones do not talk to each other directly"))
        #expect(text.contains("Everything passes through the servers"))
    }

    @Test("servers, bugs, pages that disagree, support, forums, Windows Phone: none is left out")
    func theRest() {
        #expect(composer.compose(.explain(.outage)).text.contains("A server is"))
        #expect(composer.compose(.explain(.bugs)).text.contains("A bug is"))
        #expect(composer.compose(.explain(.trackers)).text.contains("disagree"))
        let contact = composer.compose(.contact, service: Samples.kik, verdict: Samples.up, at: Samples.now).text
        #expect(contact.contains("https://help.kik.com") && contact.contains("forum") && contact.contains("no phone support"))
        let phone = composer.compose(
            .fixes(.other, platform: .windowsPhone),
            service: Samples.kik,
            verdict: Samples.up,
            at: Samples.now
        )
        #expect(phone.text.contains("Windows Phone"))
    }

    @Test("Kik's marks are explained to those who cannot send")
    func marks() {
        let text = composer.compose(.fixes(.cannotSend), service: Samples.kik, verdict: Samples.up, at: Samples.now).text
        for mark in ["**…**", "**S**", "**D**", "**R**", "**!**"] { #expect(text.contains(mark)) }
    }

    @Test("no phone number stands anywhere")
    func noPhoneNumbers() {
        let number = #/[+(]?\d[\d ().\-]{6,}\d/#
        for (path, text) in Samples.files {
            #expect(text.firstMatch(of: number) == nil, "\(path)")
        }
    }

    /// Where the article lies; it is not part of the project.
    static let article: String? = {
        let path = ProcessInfo.processInfo.environment["ISITDOWN_ARTICLE"] ?? "../shared/article.txt"
        return try? String(contentsOfFile: path, encoding: .utf8)
    }()

    @Test(
        "no six words in a row are the article's",
        .enabled(if: article != nil, "The article is not here; ISITDOWN_ARTICLE can name its file.")
    )
    func nothingIsCopied() throws {
        let article = try #require(Self.article)
        let theirs = Set(Self.sequences(of: article))
        #expect(theirs.count > 1_000)
        for (path, text) in Samples.files {
            for sequence in Self.sequences(of: text) {
                #expect(!theirs.contains(sequence), "\(path): \(sequence)")
            }
        }
    }

    /// Every six words in a row, lower case, apostrophes of both kinds dropped.
    static func sequences(of text: String) -> [String] {
        let plain = text.lowercased().filter { $0 != "'" && $0 != "’" }
        let words = plain.split { !$0.isLetter && !$0.isNumber }
        return words.indices.dropLast(5).map { words[$0..<($0 + 6)].joined(separator: " ") }
    }
}
