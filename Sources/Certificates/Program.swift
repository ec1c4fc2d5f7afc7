import Foundation

/// Another program, run to its end.
///
/// Not Foundation's `Process`: that looks through `/proc/self/fd` for the highest open file, copies each entry at the size of the type
/// instead of the entry's own, and so reads past the end of the last page now and then (Swift 6.3 on Linux, seen in a process with
/// many sockets).
enum Program {
    struct Outcome {
        /// The exit code; -1 for a program that could not be started or did not end by itself.
        let status: Int32
        /// What it wrote to standard error, without blanks around it.
        let complaint: String
    }

    /// Runs the program that `PATH` leads to, with nothing to read and nobody listening to its standard output.
    static func run(_ name: String, _ arguments: [String]) -> Outcome {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return Outcome(status: -1, complaint: String(cString: strerror(errno))) }
        let (reading, writing) = (ends[0], ends[1])
        // No other program that is started meanwhile may hold the pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(reading) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, writing, 2)

        var words = ([name] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child = pid_t()
        let failure = posix_spawnp(&child, name, &actions, nil, &words, environ)
        close(writing)
        guard failure == 0 else { return Outcome(status: -1, complaint: String(cString: strerror(failure))) }
        let complaint = readAll(reading)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        // As WIFEXITED and WEXITSTATUS have it, which do not import.
        return Outcome(status: status & 0x7F == 0 ? status >> 8 & 0xFF : -1, complaint: complaint)
    }

    private static func readAll(_ file: Int32) -> String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(file, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
