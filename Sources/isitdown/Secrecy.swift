import CPrctl
import Discord
import Foundation
import Synchronization

/// What this process does so that its secrets stay in it.
enum Secrecy {
    private static let known = Mutex(Redaction())

    /// Text as it may be printed.
    static func redacted(_ text: String) -> String {
        known.withLock { $0 }.redacted(text)
    }

    /// A redaction that knows the token from now on, here and in everything that is printed.
    static func keep(_ token: Secret?) -> Redaction {
        let redaction = Redaction(token.map { [$0] } ?? [])
        known.withLock { $0 = redaction }
        return redaction
    }

    /// No image of the memory is written when the process crashes, and no other process of the same user can read it.
    ///
    /// The limit is what most systems look at; a handler that core dumps are piped to (systemd-coredump, apport) is not held by it, but
    /// is never called for a process that is not dumpable. What the process reads about itself below /proc still works, save `environ`.
    ///
    /// Swift's own backtrace on standard error stays. It shows no environment, but the few bytes that each register points at, which can be
    /// a part of anything; `SWIFT_BACKTRACE=registers=none` leaves them out.
    static func forbidDumps() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        _ = prctl_forbid_dumps()
    }

    /// Takes the token out of the environment once it was read, so that nothing that this process starts inherits it.
    ///
    /// `unsetenv` alone only forgets where it stands: the block that the kernel handed over, which `/proc/PID/environ` shows, keeps it, so
    /// it is written over first. Until then, and in the environment of whoever started this process, it can be read; a token in a file
    /// (`ISITDOWN_DISCORD_TOKEN_FILE`) never stands there at all. To be called before there are threads that read the environment.
    static func forgetEnvironment() {
        let name = "ISITDOWN_DISCORD_TOKEN"
        if let value = getenv(name) { memset(value, 0x78, strlen(value)) }
        unsetenv(name)
    }

    /// Why these arguments are refused: a token is among them, where every user of the machine can read it. Nil where none is.
    static func refusal(of arguments: some Sequence<String>) -> String? {
        let options = arguments.prefix { $0 != "--" }
        let isNamed = options.contains { $0 == "--token" || $0.hasPrefix("--token=") }
        guard isNamed || arguments.contains(where: Redaction.holdsBotToken) else { return nil }
        return """
            A token does not belong on the command line, which every user of this machine can read. Put it into a file that \
            ISITDOWN_DISCORD_TOKEN_FILE names, or into ISITDOWN_DISCORD_TOKEN. If it was a real one, reset it in the developer portal \
            (Bot, Reset Token).
            """
    }
}
