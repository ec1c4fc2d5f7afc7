import Foundation

/// A file with the sessions, for its owner only: whoever reads it can take the bot's place for some minutes.
///
/// It belongs to one process at a time.
public final class SessionFile: Sendable {
    /// Why sessions cannot be kept.
    public struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
        /// For an operator: what is wrong, and what to do.
        public let description: String
    }

    public let path: String
    /// Held open: the lock goes with it, also when the process is killed.
    private let lock: Int32

    /// Makes the folder where there is none, and takes the file for this process.
    public init(path: String) throws(Failure) {
        self.path = path
        let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(description: "\(folder) cannot be made: \(error.localizedDescription)")
        }
        lock = open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw Failure(description: "\(path).lock: \(SessionFile.reason)") }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw Failure(
                description:
                    "\(path) belongs to another process of this bot. Stop that one, or give each a files.state of its own.")
        }
    }

    deinit {
        close(lock)
    }

    /// What was saved; nil where there is nothing. A file that cannot be understood is an error, and is written over by the next save.
    func read() throws(Failure) -> SavedSessions? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            return try JSONDecoder().decode(SavedSessions.self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            throw Failure(description: "\(path) holds no sessions that can be read")
        }
    }

    /// Replaces what was saved: a reader sees the old or the new, never a part.
    ///
    /// It is not forced to the disk: what a power cut destroys, Discord has forgotten when the power is back.
    func write(_ saved: SavedSessions) throws(Failure) {
        let bytes: Data
        do {
            bytes = try JSONEncoder().encode(saved)
        } catch {
            throw Failure(description: "the sessions have no JSON: \(error)")
        }
        let draft = "\(path).new"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Failure(description: "\(draft): \(SessionFile.reason)") }
        let written = bytes.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
        let isWhole = written == bytes.count
        guard close(file) == 0, isWhole, rename(draft, path) == 0 else {
            throw Failure(description: "\(path): \(SessionFile.reason)")
        }
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
