import Foundation
public import Logging
public import Status
import Synchronization

/// Where the bot records its evidence, for `isitdown replay`: lines at the end of a file, owner-only.
///
/// A file that has grown to `largest` moves aside, over the one that moved before: at most twice as much is kept. What cannot be
/// written is dropped, and said once in the log.
public final class JournalFile: Sendable {
    /// So many bytes, about 400 000 lines.
    public static let largest = 64 << 20

    private struct State {
        var file: FileHandle?
        var size = 0
        var isFailing = false
    }

    private let url: URL
    private let largest: Int
    private let log: Logger
    private let state = Mutex(State())

    /// A journal in the file at `path`; it is opened with the first line.
    public init(path: String, largest: Int = JournalFile.largest, log: Logger) {
        url = URL(filePath: path)
        self.largest = largest
        self.log = log
    }

    /// Adds what came in at a board that probes from `vantage`, if that is evidence.
    public func record(_ input: StatusBoard.Input, from vantage: String) {
        guard let entry = JournalEntry(input, at: .now, vantage: vantage, alias: Self.alias) else { return }
        record(entry)
    }

    /// A name for a person or a place that is the same while this process lives, and says nothing of who it is.
    private static func alias(_ name: String) -> String {
        String(UInt64(bitPattern: Int64(name.hashValue)), radix: 36)
    }

    /// Adds a line.
    public func record(_ entry: JournalEntry) {
        let line = Data((entry.line + "\n").utf8)
        state.withLock { state in
            do {
                if state.size + line.count > largest, state.file != nil { try rotate(&state) }
                if state.file == nil { try open(&state) }
                try state.file?.write(contentsOf: line)
                state.size += line.count
                state.isFailing = false
            } catch {
                if !state.isFailing {
                    log.warning(
                        "evidence is not recorded",
                        metadata: ["file": "\(url.relativePath)", "why": "\(error.localizedDescription)"])
                }
                state.isFailing = true
                try? state.file?.close()
                state.file = nil
            }
        }
    }

    private func open(_ state: inout State) throws {
        let path = url.path(percentEncoded: false)
        if !FileManager.default.fileExists(atPath: path) {
            guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
                throw CocoaError(.fileWriteUnknown)
            }
        }
        let file = try FileHandle(forWritingTo: url)
        state.size = Int(try file.seekToEnd())
        state.file = file
    }

    private func rotate(_ state: inout State) throws {
        try state.file?.close()
        state.file = nil
        let older = url.appendingPathExtension("1")
        try? FileManager.default.removeItem(at: older)
        try FileManager.default.moveItem(at: url, to: older)
    }
}

extension Timestamp {
    /// As the system's clock has it.
    static var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }
}
