import Discord
import Foundation
import Logging
import Testing

@testable import DiscordClient

@Suite("Sessions on file")
struct SessionKeepingTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "isitdown-\(UUID())/state")
    private var path: String { folder.appending(path: "sessions.json").path(percentEncoded: false) }
    private let record = SessionRecord(
        sessionID: "s", resumeURL: "wss://resume.example", sequence: 7, shard: .only, intents: .conversation, botID: 1)

    private func keeper(_ file: SessionFile, _ answered: [Snowflake] = []) -> SessionKeeper {
        SessionKeeper(file: file, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) { answered }
    }

    @Test("are there for the next process, and for nobody but their owner")
    func kept() async throws {
        do {
            let keeper = keeper(try SessionFile(path: path), [3, 5])
            keeper.keep(record, for: .only)
            keeper.finish()
            await keeper.run()
        }
        let saved = try #require(keeper(try SessionFile(path: path)).restore())
        #expect(saved.sessions == [record])
        #expect(saved.answered == [3, 5])
        for (place, mode) in [(path, 0o600), (folder.path(percentEncoded: false), 0o700), ("\(path).lock", 0o600)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: place)
            #expect(attributes[.posixPermissions] as? Int == mode, "\(place)")
        }
    }

    @Test("belong to one process at a time")
    func locked() throws {
        let first = try SessionFile(path: path)
        #expect(throws: SessionFile.Failure.self) { try SessionFile(path: path) }
        withExtendedLifetime(first) {}
    }

    @Test("are begun anew when they are old, of another make, or no sessions at all")
    func unusable() throws {
        let file = try SessionFile(path: path)
        #expect(keeper(file).restore() == nil)
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        let fresh = SavedSessions(savedAt: now, sessions: [record], answered: [])
        try file.write(fresh)
        #expect(keeper(file).restore() == fresh)
        try file.write(SavedSessions(savedAt: now - SavedSessions.life - 1_000, sessions: [record], answered: []))
        #expect(keeper(file).restore() == nil)
        try file.write(SavedSessions(version: 2, savedAt: now, sessions: [record], answered: []))
        #expect(keeper(file).restore() == nil)
        for text in ["", "{", "null", #"{"version":1,"savedAt":1,"sessions":[{"shard":[3,1]}],"answered":[]}"#] {
            try Data(text.utf8).write(to: URL(filePath: path))
            #expect(keeper(file).restore() == nil, "\(text)")
        }
    }

    @Test("that cannot be written are no reason to stop")
    func unwritable() async throws {
        #expect(throws: SessionFile.Failure.self) { try SessionFile(path: "/proc/none/sessions.json") }
        let file = try SessionFile(path: path)
        // A folder where the draft belongs.
        try FileManager.default.createDirectory(atPath: "\(path).new", withIntermediateDirectories: false)
        let keeper = keeper(file)
        keeper.keep(record, for: .only)
        keeper.finish()
        await keeper.run()
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
