public import Discord
import Foundation
public import Logging
import Synchronization

/// Keeps the gateways' sessions in a file, a moment after they have changed.
///
/// What changes is taken down at once, from whatever thread; a task writes it, at most ten times a second, so that no gateway waits
/// for a disk.
public final class SessionKeeper: Sendable {
    private struct State {
        var sessions: [Shard: SessionRecord] = [:]
        var isReported = false
    }

    private let file: SessionFile
    private let log: Logger
    /// The messages and interactions that were answered, the newest last.
    private let answered: @Sendable () -> [Snowflake]
    private let state = Mutex(State())
    private let changes: AsyncStream<Void>
    private let change: AsyncStream<Void>.Continuation
    private static let pause = Duration.milliseconds(100)

    /// A keeper that has read nothing and writes nothing until `run`.
    public init(file: SessionFile, log: Logger, answered: @escaping @Sendable () -> [Snowflake]) {
        self.file = file
        self.log = log
        self.answered = answered
        (changes, change) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// What an earlier process left, if Discord can still know it.
    public func restore() -> SavedSessions? {
        do throws(SessionFile.Failure) {
            guard let saved = try file.read(), saved.isFresh(at: now) else { return nil }
            return saved
        } catch {
            log.warning("the earlier sessions are lost; starting anew", metadata: ["why": "\(error)"])
            return nil
        }
    }

    /// Takes down a shard's session; nil when it has none.
    func keep(_ record: SessionRecord?, for shard: Shard) {
        state.withLock { $0.sessions[shard] = record }
        change.yield()
    }

    /// Forgets the sessions of a plan that is over.
    func forgetAll() {
        state.withLock { $0.sessions = [:] }
        change.yield()
    }

    /// Writes what changes, until it is told to `finish`.
    public func run() async {
        for await _ in changes {
            save()
            try? await Task.sleep(for: Self.pause)
        }
        save()
    }

    /// Ends `run`, which then writes once more.
    public func finish() {
        change.finish()
    }

    private func save() {
        let sessions = state.withLock { $0.sessions.values.sorted { $0.shard.id < $1.shard.id } }
        do throws(SessionFile.Failure) {
            try file.write(SavedSessions(savedAt: now, sessions: sessions, answered: answered()))
        } catch {
            let isNew = state.withLock { state in
                defer { state.isReported = true }
                return !state.isReported
            }
            guard isNew else { return }
            log.error("sessions cannot be kept: a restart will begin anew", metadata: ["why": "\(error)"])
        }
    }

    private var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }
}
