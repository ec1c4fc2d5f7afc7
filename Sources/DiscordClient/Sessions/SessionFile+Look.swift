public import Discord
import Foundation

extension SessionFile {
    /// What a look at a file of sessions shows, without taking it.
    public struct Look: Equatable, Sendable {
        /// Sessions that are saved.
        public var sessions: Int
        /// How long ago; nil where there is nothing that can be read.
        public var age: Duration?
        /// Whether the next process could still resume them.
        public var isFresh: Bool
        /// Whether others than the owner can read it.
        public var isOpenToOthers: Bool
        /// Whether a process has it now.
        public var isHeld: Bool

        public init(
            sessions: Int = 0, age: Duration? = nil, isFresh: Bool = false, isOpenToOthers: Bool = false, isHeld: Bool = false
        ) {
            self.sessions = sessions
            self.age = age
            self.isFresh = isFresh
            self.isOpenToOthers = isOpenToOthers
            self.isHeld = isHeld
        }
    }

    /// Where a bot's sessions are: each has a file of its own.
    public static func path(in folder: String, of token: Secret?) -> String {
        "\(folder)/" + (token?.botID.map { "sessions-\($0).json" } ?? "sessions.json")
    }

    public static func look(at path: String) -> Look {
        var look = Look(isHeld: isHeld(path))
        guard let bytes = FileManager.default.contents(atPath: path) else { return look }
        let mode = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) ?? nil
        look.isOpenToOthers = (mode ?? 0) & 0o077 != 0
        guard let saved = try? JSONDecoder().decode(SavedSessions.self, from: bytes) else { return look }
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        look.sessions = saved.sessions.count
        look.age = .milliseconds(max(0, now - saved.savedAt))
        look.isFresh = saved.isFresh(at: now)
        return look
    }

    /// Tries the lock for a moment, shared, so that two who look do not see each other.
    private static func isHeld(_ path: String) -> Bool {
        let lock = open("\(path).lock", O_RDONLY | O_CLOEXEC)
        guard lock >= 0 else { return false }
        defer { close(lock) }
        return flock(lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }
}
