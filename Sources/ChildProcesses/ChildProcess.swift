public import Foundation
import Synchronization

/// Another program, started by this one.
///
/// Not Foundation's `Process`: that looks through `/proc/self/fd` for the highest open file, copies each entry at the size of the type
/// instead of the entry's own, and so reads past the end of the last page now and then (Swift 6.3 on Linux, seen in a process with
/// many sockets).
public final class ChildProcess: Sendable {
    /// Why a program could not be started, in the system's words.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// What a stream of the program is.
    public enum Stream: Sendable {
        /// Nothing to read, or nobody who listens.
        case nothing
        /// The same as this process has.
        case inherited
        /// A pipe, whose other end is here.
        case pipe
    }

    /// The process, as the kernel numbers it.
    public let id: pid_t
    /// Where to write what it reads; nil unless its input is a pipe.
    public let input: FileHandle?
    /// What it writes; nil unless its output is a pipe.
    public let output: FileHandle?
    /// What it complains of; nil unless that is a pipe of its own.
    public let errors: FileHandle?
    private let ended = Mutex<Int32?>(nil)

    /// Starts the program that `PATH` leads to, in a process group of its own and with signals as they are by default.
    ///
    /// - Parameters:
    ///   - environment: added to that of this process.
    ///   - errors: its standard error; nil for the same place as its output.
    public init(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
        input: Stream = .nothing, output: Stream = .nothing, errors: Stream? = .nothing
    ) throws {
        let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        (id, self.input, self.output, self.errors) = try Self.starting.withLock { _ in
            var spawning = Spawning()
            defer { spawning.end() }
            let inputEnd = try spawning.connect(input, to: 0)
            let outputEnd = try spawning.connect(output, to: 1)
            let errorsEnd = try errors.flatMap { try spawning.connect($0, to: 2) }
            if errors == nil { spawning.shareOutput() }
            let id = try spawning.start([program] + arguments, environment: variables.map { "\($0)=\($1)" })
            return (id, inputEnd, outputEnd, errorsEnd)
        }
    }

    /// Programs start one after another: between the making of a pipe and the mark on it that keeps it in this process, another program
    /// would get it too, and hold it open.
    private static let starting = Mutex(())

    /// Waits for its end.
    ///
    /// - Returns: its exit code, or -1 if a signal ended it.
    @discardableResult
    public func wait() -> Int32 {
        ended.withLock { ended in
            if let ended { return ended }
            var status: Int32 = 0
            while waitpid(id, &status, 0) < 0, errno == EINTR {}
            // As WIFEXITED and WEXITSTATUS have it, which do not import.
            let code = status & 0x7F == 0 ? status >> 8 & 0xFF : -1
            ended = code
            return code
        }
    }
}

/// The C structures for a start, and the files that only the program keeps.
private struct Spawning {
    private var actions = posix_spawn_file_actions_t()
    private var attributes = posix_spawnattr_t()
    private var given: [Int32] = []

    init() {
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        // Threads of Dispatch have signals blocked, and a program that inherits this cannot be told to end.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    }

    mutating func end() {
        for file in given { close(file) }
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
    }

    /// Makes a stream of the program's, and returns this side's end if it is a pipe.
    mutating func connect(_ stream: ChildProcess.Stream, to file: Int32) throws -> FileHandle? {
        switch stream {
        case .inherited: return nil
        case .nothing:
            posix_spawn_file_actions_addopen(&actions, file, "/dev/null", file == 0 ? O_RDONLY : O_WRONLY, 0)
            return nil
        case .pipe:
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { throw ChildProcess.Failure(description: String(cString: strerror(errno))) }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            let (theirs, ours) = file == 0 ? (ends[0], ends[1]) : (ends[1], ends[0])
            given.append(theirs)
            posix_spawn_file_actions_adddup2(&actions, theirs, file)
            return FileHandle(fileDescriptor: ours, closeOnDealloc: true)
        }
    }

    mutating func shareOutput() {
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
    }

    mutating func start(_ words: [String], environment: [String]) throws -> pid_t {
        var arguments = words.map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { for word in arguments + variables { free(word) } }
        var child = pid_t()
        let failure = posix_spawnp(&child, words[0], &actions, &attributes, &arguments, &variables)
        guard failure == 0 else { throw ChildProcess.Failure(description: String(cString: strerror(failure))) }
        return child
    }
}
