import Foundation
public import Logging
import Replies
import Schedules
import Status
import Synchronization

/// What people have set and asked for, kept in a file: settings of communities, and who is told of what.
///
/// A change is written a moment later, and whole: a reader of the file sees the old or the new. A file that cannot be read is set aside,
/// never written over.
public final class ChatBook: Sendable {
    /// What is kept. Nothing that anybody wrote.
    struct Records: Codable, Equatable, Sendable {
        static let version = 1
        var version = Records.version
        /// What a community has otherwise, by the platform's id.
        var settings: [String: MannersChange] = [:]
        var subscriptions = Subscriptions()
    }

    private static let pause = Duration.milliseconds(200)
    /// Communities that have settings of their own.
    static let mostSettings = 50_000

    private let path: String?
    private let log: Logger
    private let records: Mutex<Records>
    private let changes: AsyncStream<Void>
    private let change: AsyncStream<Void>.Continuation

    /// - Parameter path: nil keeps nothing beyond the process.
    public init(path: String? = nil, log: Logger) {
        self.log = log
        (changes, change) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        let (kept, mayWrite) = path.map { Self.read($0, log) } ?? (Records(), false)
        self.path = mayWrite ? path : nil
        records = Mutex(kept)
    }

    var settings: [String: MannersChange] { records.withLock { $0.settings } }

    /// Reads what is kept.
    func look<Result: Sendable>(_ body: (Records) -> Result) -> Result {
        records.withLock { body($0) }
    }

    /// Changes what is kept.
    func with<Result: Sendable>(_ body: (inout Records) -> Result) -> Result {
        let (result, isChanged) = records.withLock { records in
            let before = records
            let result = body(&records)
            return (result, records != before)
        }
        if isChanged { change.yield() }
        return result
    }

    /// Whether somebody will be told when a service is back.
    func isTold(_ listener: Subscriptions.Listener, of service: ServiceID) -> Bool {
        records.withLock { $0.subscriptions.awaitsReturn(listener, of: service) }
    }

    /// Writes what changes until it is told to `finish`.
    func run() async {
        for await _ in changes {
            save()
            try? await Task.sleep(for: Self.pause)
        }
        save()
    }

    /// Ends `run`, which then writes once more.
    func finish() {
        change.finish()
    }

    private func save() {
        guard let path else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        do {
            let bytes = try encoder.encode(records.withLock { $0 })
            let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try bytes.write(to: URL(filePath: path), options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch {
            log.error("what people have set is not kept", metadata: ["file": "\(path)", "why": "\(error.localizedDescription)"])
        }
    }

    /// What the file holds, and whether it may be written over.
    private static func read(_ path: String, _ log: Logger) -> (records: Records, mayWrite: Bool) {
        guard FileManager.default.fileExists(atPath: path) else { return (Records(), true) }
        if let bytes = FileManager.default.contents(atPath: path),
            let records = try? JSONDecoder().decode(Records.self, from: bytes), records.version <= Records.version
        {
            return (records, true)
        }
        let aside = "\(path).unreadable"
        try? FileManager.default.removeItem(atPath: aside)
        do {
            try FileManager.default.moveItem(atPath: path, toPath: aside)
            log.error(
                "what people had set cannot be read; it is set aside, and the bot begins without", metadata: ["file": "\(aside)"])
            return (Records(), true)
        } catch {
            log.error(
                "what people had set can neither be read nor set aside; nothing new is kept", metadata: ["file": "\(path)"])
            return (Records(), false)
        }
    }
}
