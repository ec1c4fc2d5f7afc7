import Bot
import Discord
import Logging
import Synchronization
import Testing

@Suite("redacting log handler")
struct RedactingLogHandlerTests {
    private static let token = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.GxYzAb.abcdefghijklmnopqrstuvwxyz_-0123456789"
    private let written = Written()

    private func logger(_ level: Logger.Level = .trace, knowing secret: String = RedactingLogHandlerTests.token) -> Logger {
        var logger = Logger(label: "test") { [written] _ in
            RedactingLogHandler(WritingHandler(written: written), redaction: Redaction([Secret(secret)]))
        }
        logger.logLevel = level
        return logger
    }

    @Test("takes the token out of the message")
    func message() {
        logger().info("identify with \(Self.token)")
        #expect(written.lines == ["identify with [redacted] [:]"])
    }

    @Test(
        "takes secrets out of metadata, of whatever kind",
        arguments: [
            .string(token), .stringConvertible(Quoting(text: token)), .array(["\(token)"]),
            .dictionary(["inner": .array(["\(token)"])]),
            .string("/webhooks/12/aW50ZXJhY3Rpb246x/messages"),
        ] as [Logger.Metadata.Value])
    func metadata(value: Logger.Metadata.Value) {
        logger().info("x", metadata: ["key": value])
        #expect(written.lines.count == 1)
        #expect(written.lines.allSatisfy { $0.contains("[redacted]") && !$0.contains(Self.token) && !$0.contains("aW50") })
    }

    @Test("takes secrets out of what a logger carries along, and what a provider adds")
    func carried() {
        var logger = logger()
        logger[metadataKey: "carried"] = "\(Self.token)"
        logger.info("x")
        logger.handler.metadata = ["whole": "\(Self.token)"]
        logger.info("x")
        logger.handler.metadataProvider = Logger.MetadataProvider { ["provided": "\(Self.token)"] }
        logger.info("x")
        #expect(written.lines.count == 3)
        #expect(written.lines.allSatisfy { $0.contains("[redacted]") && !$0.contains(Self.token) })
    }

    @Test("takes secrets out of an error")
    func error() {
        logger().error("it failed", error: Quoting(text: Self.token))
        #expect(written.lines == [#"it failed ["error": quoting [redacted]]"#])
    }

    @Test("knows a token by its value where it has another shape")
    func value() {
        logger(knowing: "hunter2hunter2").info("password hunter2hunter2")
        #expect(written.lines == ["password [redacted] [:]"])
    }

    @Test("makes no text of a line that its level leaves out")
    func level() {
        var isAsked = false
        func text() -> Logger.Message {
            isAsked = true
            return "x"
        }
        logger(.info).debug(text())
        #expect(!isAsked && written.lines.isEmpty)
    }
}

/// Something that shows a text when it is described.
private struct Quoting: Error, CustomStringConvertible {
    let text: String
    var description: String { "quoting \(text)" }
}

private final class Written: Sendable {
    private let all = Mutex<[String]>([])
    var lines: [String] { all.withLock { $0 } }

    func write(_ line: String) {
        all.withLock { $0.append(line) }
    }
}

private struct WritingHandler: LogHandler {
    let written: Written
    var logLevel = Logger.Level.trace
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }.merging(event.metadata ?? [:]) { $1 }
        let error = event.error.map { " \($0)" } ?? ""
        written.write("\(event.message) \(all)\(error)")
    }
}
