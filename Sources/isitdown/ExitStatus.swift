import ArgumentParser
import Foundation
import Status

/// What the program tells the shell: the monitoring plug-in convention for verdicts, sysexits for the rest.
enum ExitStatus {
    static let usage = ExitCode(64)
    static let badData = ExitCode(65)
    static let noInput = ExitCode(66)
    static let unavailable = ExitCode(69)
    static let configuration = ExitCode(78)

    /// 0 up, 1 degraded or partial, 2 down, 3 unknown or maintenance.
    static func of(_ state: Verdict.State) -> ExitCode {
        switch state {
        case .up: ExitCode(0)
        case .degraded, .partial: ExitCode(1)
        case .down: ExitCode(2)
        case .unknown, .maintenance: ExitCode(3)
        }
    }
}

/// Says something on standard output at once, also where that is a pipe.
func announce(_ message: String) {
    FileHandle.standardOutput.write(Data((message + "\n").utf8))
}

/// Says something on standard error, without secrets.
func complain(_ message: String) {
    FileHandle.standardError.write(Data((Secrecy.redacted(message) + "\n").utf8))
}
