import ArgumentParser
import Bot
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

    func run() async throws {
        let kind = try kind.map { name in
            guard let kind = FeedKind(rawValue: name) else {
                throw ValidationError(
                    "“\(name)” is no kind of feed. They are \(FeedKind.allCases.map(\.rawValue).joined(separator: ", ")).")
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
        let report = FeedReader(kind: kind, at: time ?? now, components: component).report(of: try await body())
        if json {
            try printJSON(FeedLine(report))
        } else {
            print(FeedTable(report).text)
        }
        throw ExitStatus.of(report.verdict)
    }

    private func body() async throws -> [UInt8] {
        guard source.hasPrefix("https://") || source.hasPrefix("http://") else { return try read() }
        let session = try Session()
        let http = HTTPClient(network: session.configuration.network, userAgent: "isitdown")
        let slow = Task { try await Patience.explain("Fetching") }
        let outcome = await FeedFetcher(http: http, longest: FeedLimits.bytes).fetch(source)
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
        if let kind = report.kind { lines[0] += " (\(kind.rawValue))" } else { lines[0] += " (no feed that I know)" }
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
