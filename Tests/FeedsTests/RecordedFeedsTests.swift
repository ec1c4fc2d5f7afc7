import Foundation
import Status
import Testing

@testable import Feeds

/// Bodies that real feeds once sent, with what they meant; they stand beside the project, not in it.
@Suite("Recorded feeds")
struct RecordedFeedsTests {
    private struct Recording: Sendable, CustomTestStringConvertible {
        var file: URL
        var kind: String
        var verdicts: Set<String>
        var incidents: Int?
        var troubled: Int?
        var at: Timestamp
        var testDescription: String { file.lastPathComponent }
    }

    private static let folder: URL? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["ISITDOWN_FEEDS"].map { URL(filePath: $0) }
        let folder = named ?? root.appending(path: "../shared/data/feeds")
        return FileManager.default.isReadableFile(atPath: folder.appending(path: "EXPECTED.tsv").path(percentEncoded: false))
            ? folder : nil
    }()

    private static let recordings: [Recording] = {
        guard let folder, let text = try? String(contentsOf: folder.appending(path: "EXPECTED.tsv"), encoding: .utf8) else {
            return []
        }
        return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let note = fields[5]
            let others = note.firstMatch(of: /\[also: ([a-z_|]+)\]/)?.1.split(separator: "|").map(String.init) ?? []
            let at = note.firstMatch(of: /at=([0-9TZ:-]+)/).flatMap { Timestamp(String($0.1)) }
            return Recording(
                file: folder.appending(path: fields[0]), kind: fields[1], verdicts: Set([fields[2]] + others),
                incidents: Int(fields[3]),
                troubled: Int(fields[4]), at: at ?? Timestamp(milliseconds: 1_790_000_000_000))
        }
    }()

    @Test(
        "mean what they are known to have meant, whether their kind is told or not",
        .enabled(if: folder != nil, "there are no recorded feeds here; name their folder with ISITDOWN_FEEDS"),
        arguments: recordings,
        [true, false])
    private func recorded(recording: Recording, isTold: Bool) throws {
        let body = Array(try Data(contentsOf: recording.file))
        // Statuspage's incidents have a kind of their own in the list, and are no other format.
        let name = recording.kind == "statuspage-incidents" ? "statuspage" : recording.kind
        let kind = try #require(FeedKind(rawValue: name))
        let report = FeedReader(kind: isTold ? kind : nil, at: recording.at).report(of: body)
        #expect(recording.verdicts.contains(report.verdict.rawValue), "\(report.verdict)")
        if let incidents = recording.incidents { #expect(report.incidents.count == incidents) }
        if let troubled = recording.troubled { #expect(report.components.count { $0.verdict != .operational } == troubled) }
        #expect(report.unknownWords == [:])
    }

    @Test(
        "never bring it down, cut anywhere or damaged", .enabled(if: folder != nil, "there are no recorded feeds here"),
        arguments: recordings)
    private func damaged(recording: Recording) throws {
        let body = Array(try Data(contentsOf: recording.file).prefix(60_000))
        var state: UInt64 = 42
        func below(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(1, limit)
        }
        var unknown = 0
        for _ in 0..<60 {
            var damaged = Array(body.prefix(below(body.count)))
            for _ in 0..<below(8) where !damaged.isEmpty { damaged[below(damaged.count)] = UInt8(below(256)) }
            for kind in [nil, FeedKind(rawValue: recording.kind)] {
                if FeedReader(kind: kind, at: recording.at).report(of: damaged).verdict == .unknown { unknown += 1 }
            }
        }
        #expect(unknown > 100)
    }
}
