extension Checkup {
    /// One line of the checkup.
    public struct Finding: Equatable, Encodable, Sendable {
        public enum Level: String, Comparable, Encodable, Sendable, CaseIterable {
            case ok, warning, problem

            public static func < (left: Level, right: Level) -> Bool {
                left.severity < right.severity
            }

            /// Also the exit status.
            public var severity: Int {
                switch self {
                case .ok: 0
                case .warning: 1
                case .problem: 2
                }
            }
        }

        public let level: Level
        /// What it is about: one word.
        public let subject: String
        /// What is, one sentence.
        public let message: String
        /// What to do about it; empty where there is nothing to do.
        public let remedy: String

        static func ok(_ subject: String, _ message: String, _ remedy: String = "") -> Finding {
            Finding(level: .ok, subject: subject, message: message, remedy: remedy)
        }

        static func warning(_ subject: String, _ message: String, _ remedy: String) -> Finding {
            Finding(level: .warning, subject: subject, message: message, remedy: remedy)
        }

        static func problem(_ subject: String, _ message: String, _ remedy: String) -> Finding {
            Finding(level: .problem, subject: subject, message: message, remedy: remedy)
        }
    }

    /// Everything that there is to say, in the order in which a bot starts.
    public var findings: [Finding] {
        [.ok("settings", "\(summary).")] + [tokenFinding] + applicationFindings + gatewayFindings + networkFindings
            + clockFindings
            + permissionFindings + [stateFinding] + runningFindings
    }

    /// The worst of it.
    public var level: Finding.Level { findings.map(\.level).max() ?? .ok }
}
