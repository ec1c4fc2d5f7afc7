import ArgumentParser
import Bot
import Diagnostics
import Feeds
import Foundation
import HTTP
import Probes
import Status

/// Reads one official status feed.
struct FeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feed",
        abstract: "Read an official status feed, from a file or an address.",
        discussion: """
            Kinds: \(FeedKind.allCases.map(\.rawValue).joined(separator: ", ")).
            Exits 0 operational, 1 degraded or partial outage, 2 major outage, 3 unknown or maintenance.
            """
    )

    @Argument(help: ArgumentHelp("A file, - for standard input, or an http(s) address.", valueName: "file|url"))
    var source: String

    @Option(help: "The kind; it is detected when not given.")
    var kind: String?

    @Option(help: "As of when it is judged, such as 2026-11-23T10:00:00Z; now when not given.")
    var at: String?

    @Option(help: "A component that counts, by name; may be given several times. All count when none is given.")
    var component: [String] = []

    @Flag(help: "One JSON object: verdict, incidents, components, maintenances.")
    var json = false

    func validate() throws {
        guard !source.isEmpty else { throw ValidationError("Which feed? Name a file, or an address that begins with https://.") }
    }

    func run() async throws {
        let kind = try kind.map { name in
            guard let kind = FeedKind(named: name) else {
                let known = FeedKind.allCases.map(\.rawValue)
                let remedy =
                    nearestName(to: name, among: known).map { "Did you mean “\($0)”?" }
                    ?? "They are \(known.joined(separator: ", "))."
                throw ValidationError("“\(name)” is no kind of feed. \(remedy)")
            }
            return kind
        }
        let time = try at.map { text in
            guard let time = Timestamp(text) else {
                throw ValidationError("“\(text)” is no time. Write it as 2026-11-23T10:00:00Z.")
            }
            return time
        }
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
        let reader = FeedReader(kind: kind, at: time ?? now, components: component, url: isAddress ? source : nil)
        let body = try await body()
        if body.count > FeedLimits.bytes {
            complain("\(source) is larger than \(FeedLimits.bytes >> 20) MiB, which no feed is: it is not read.")
        }
        let report = reader.report(of: body)
        if json {
            try printJSON(FeedLine(report))
        } else {
            print(FeedTable(report).text)
        }
        throw ExitStatus.of(report.verdict)
    }

    private var isAddress: Bool {
        let start = source.prefix(8).lowercased()
        return start.hasPrefix("https://") || start.hasPrefix("http://")
    }

    private func body() async throws -> [UInt8] {
        guard isAddress else { return try read() }
        let session = try Session()
        let http = HTTPClient(network: session.configuration.network, userAgent: "isitdown")
        let slow = Task { try await Patience.explain("Fetching") }
        // As long as readers of many feeds wait for one; somebody is waiting for the answer.
        let outcome = await FeedFetcher(http: http, longest: FeedLimits.bytes, patience: .seconds(9)).fetch(source)
        slow.cancel()
        await http.shutdown()
        switch outcome {
        case .body(let body, _): return body
        case .unchanged: return []
        case .failed(let why):
            // A feed that fails is no outage: what it says is unknown.
            complain("\(source) cannot be read: \(why).")
            return []
        }
    }

    private func read() throws -> [UInt8] {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: source, isDirectory: &isFolder), isFolder.boolValue {
            complain("\(source) is a folder. Name the file of one feed in it.")
            throw ExitStatus.noInput
        }
        do {
            let file = source == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(filePath: source))
            // One byte more than a feed may have shows that it has too many.
            return Array(try file.read(upToCount: FeedLimits.bytes + 1) ?? Data())
        } catch {
            complain("\(source) cannot be read: \(error.localizedDescription)")
            throw ExitStatus.noInput
        }
    }
}

extension ExitStatus {
    fileprivate static func of(_ verdict: FeedVerdict) -> ExitCode {
        switch verdict {
        case .operational: ExitCode(0)
        case .degraded, .partialOutage: ExitCode(1)
        case .majorOutage: ExitCode(2)
        case .unknown, .maintenance: ExitCode(3)
        }
    }
}

/// The report as the contract has it.
private struct FeedLine: Encodable {
    struct Incident: Encodable {
        let id, title, status: String
        let impact: String?
        let began: String?
    }
    struct Component: Encodable {
        let id, name, status, word: String
    }
    struct Maintenance: Encodable {
        let id, title, status: String
        let running: Bool
        let begins, ends: String?
    }

    let verdict: String
    let kind: String?
    let incidents: [Incident]
    let components: [Component]
    let maintenances: [Maintenance]
    let unknownWords: [String: Int]

    init(_ report: FeedReport) {
        verdict = report.verdict.rawValue
        kind = report.kind?.rawValue
        incidents = report.incidents.map {
            Incident(id: $0.id, title: $0.title, status: $0.status, impact: $0.verdict?.rawValue, began: $0.began?.description)
        }
        components = report.components.map { Component(id: $0.id, name: $0.name, status: $0.verdict.rawValue, word: $0.word) }
        maintenances = report.maintenances.map {
            Maintenance(
                id: $0.id, title: $0.title, status: $0.status, running: $0.isRunning, begins: $0.begins?.description,
                ends: $0.ends?.description)
        }
        unknownWords = report.unknownWords
    }

    private enum CodingKeys: String, CodingKey {
        case verdict, kind, incidents, components, maintenances
        case unknownWords = "unknown_words"
    }
}

/// The report for people: the verdict, and whatever is not well.
private struct FeedTable {
    let text: String

    init(_ report: FeedReport) {
        var lines = [report.verdict.rawValue.replacing("_", with: " ")]
        if let kind = report.kind {
            lines[0] += " (\(kind.rawValue))"
        } else {
            lines[0] += " (no feed that I know; if it is one, say of which kind with --kind)"
        }
        lines += report.incidents.map { "incident: \($0.title) – \($0.status)" }
        lines += report.maintenances.map { "maintenance: \($0.title) – \($0.status)" }
        let troubled = report.components.filter { $0.verdict != .operational }
        lines += troubled.prefix(20).map { "component: \($0.name) – \($0.word)" }
        if troubled.count > 20 { lines.append("and \(troubled.count - 20) more components") }
        if report.components.count > troubled.count {
            lines.append("\(report.components.count - troubled.count) components operational")
        }
        for (word, count) in report.unknownWords.sorted(by: { $0.key < $1.key }) {
            lines.append("unknown word: \(word) (\(count))")
        }
        text = lines.joined(separator: "\n")
    }
}
