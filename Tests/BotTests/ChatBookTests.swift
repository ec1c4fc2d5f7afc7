import Foundation
import Logging
import Schedules
import Status
import Testing

@testable import Bot

@Suite("What people have set and asked for")
struct ChatBookTests {
    private let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private let folder = FileManager.default.temporaryDirectory.appending(path: "isitdown-book-\(UUID().uuidString)")
    private var path: String { folder.appending(path: "chats.json").path(percentEncoded: false) }

    /// Changes a book, and lets it write.
    private func write(_ body: (inout ChatBook.Records) -> Void) async {
        let book = ChatBook(path: path, log: log)
        book.with(body)
        book.finish()
        await book.run()
    }

    @Test("outlives the process, for its owner alone")
    func kept() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        var change = MannersChange()
        change.defaultService = "kik"
        change.certainty = 0.6
        await write { [change] records in
            records.settings["9"] = change
            _ = records.subscriptions.add(.person("1"), to: "kik", .once, state: .down, language: "de")
        }
        let again = ChatBook(path: path, log: log)
        #expect(again.settings == ["9": change])
        #expect(again.isTold(.person("1"), of: "kik") && !again.isTold(.person("2"), of: "kik"))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("what cannot be read is set aside, not written over", arguments: ["", "{", #"{"version":99}"#, "[]", "\u{0}"])
    func broken(text: String) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        await write { $0.settings["9"] = MannersChange() }
        #expect(try String(contentsOfFile: path + ".unreadable", encoding: .utf8) == text)
        #expect(ChatBook(path: path, log: log).settings.keys.sorted() == ["9"])
    }

    @Test("a place that cannot be written loses nothing of the running bot")
    func readOnly() async {
        let book = ChatBook(path: "/proc/none/chats.json", log: log)
        book.with { $0.settings["9"] = MannersChange() }
        book.finish()
        await book.run()
        #expect(book.settings.count == 1)
    }

    @Test("what a server has set goes before what holds everywhere, and behind what holds for one of its channels")
    func precedence() {
        var (server, own, channel) = (MannersChange(), MannersChange(), MannersChange())
        server.defaultService = "kik"
        server.language = "de"
        own.hasNoDefaultService = true
        channel.language = "fr"
        let usual = MannersByChat(usual: Manners(defaultService: "whatsapp"), changes: [9: server, 10: channel])
        let manners = usual.with(["9": own, "no number": own])
        // The operator's word for the server names a service; the server's own says that there is none.
        #expect(manners.manners(in: 11, of: 9)?.defaultService == nil)
        #expect(manners.manners(in: 11, of: 9)?.language == "de")
        #expect(manners.manners(in: 10, of: 9)?.language == "fr")
        #expect(manners.manners(in: 11, of: 8)?.defaultService == "whatsapp")
    }
}
