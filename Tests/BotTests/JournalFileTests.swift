import Foundation
import Logging
import Status
import TestServers
import Testing

@testable import Bot

@Suite("The bot's journal")
struct JournalFileTests {
    private let folder: TemporaryFolder
    private var path: String { folder.url.appending(path: "evidence.jsonl").path(percentEncoded: false) }
    private let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func lines(_ path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private func entry(_ number: Int) -> JournalEntry {
        JournalEntry(at: Timestamp(milliseconds: Int64(number) * 1_000), evidence: .canary(target: "c\(number)", isOK: true))
    }

    @Test("goes on where an earlier process stopped, and is its owner's alone")
    func goesOn() throws {
        for number in 1...2 { JournalFile(path: path, log: log).record(entry(number)) }
        #expect(try lines(path) == [entry(1).line, entry(2).line])
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("moves aside when it has grown, and keeps no more than two files")
    func rotates() throws {
        let journal = JournalFile(path: path, largest: entry(1).line.utf8.count * 3 + 4, log: log)
        for number in 1...9 { journal.record(entry(number)) }
        #expect(try lines(path) == (7...9).map { entry($0).line })
        #expect(try lines(path + ".1") == (4...6).map { entry($0).line })
    }

    @Test("that cannot be written loses lines, and goes on when it can be again")
    func unwritable() throws {
        let place = folder.url.appending(path: "missing")
        let journal = JournalFile(path: place.appending(path: "e.jsonl").path(percentEncoded: false), log: log)
        journal.record(entry(1))
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        journal.record(entry(2))
        #expect(try lines(place.appending(path: "e.jsonl").path(percentEncoded: false)) == [entry(2).line])
    }

    @Test("has what a desk sees and hears, in the format that replays, and nobody's name")
    func recorded() async throws {
        let canaries = try (0..<5).map { _ in try LoopbackSocket() }
        let server = try LoopbackSocket(isListening: false)
        var configuration = Configuration()
        configuration.monitor.canaries = canaries.map { Target(kind: .tcp, host: "127.0.0.1", port: $0.port) }
        configuration.files.journal = path
        var pace = StatusBoard.Settings()
        pace.unsureInterval = .milliseconds(100)
        pace.canaryPause = .milliseconds(100)
        let desk = StatusDesk.make(configuration: configuration, pace: pace, log: log)
        let check = Check(id: "way", anyOf: [Target(kind: .tcp, host: "127.0.0.1", port: server.port)])
        await desk.watch([
            Service(id: "demo", name: "Demo", components: [Component(id: "all", name: "all", weight: 1, checks: [check])])
        ])
        _ = await desk.settledVerdict(of: "demo", patience: .seconds(30))
        _ = await desk.verdict(askedAbout: "demo", by: PersonalVoice(who: "1234", place: "5678", says: .down))
        await desk.stop()

        var reader = JournalReader()
        var survey = JournalSurvey()
        let entries = try lines(path).compactMap { try reader.read($0) }
        for entry in entries { survey.note(entry) }
        var replay = Replay(survey, catalogue: [])
        let told = entries.flatMap { replay.take($0) }
        #expect(told.last?.verdict.state == .down)
        let text = try lines(path).joined()
        #expect(text.contains(#""kind":"report""#) && !text.contains("1234") && !text.contains("5678"))
    }
}
