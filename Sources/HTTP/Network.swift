/// What differs between the internet and a laboratory on this machine. Names, URLs and the checks of certificates stay the same in both.
public struct Network: Hashable, Sendable {
    /// Connects elsewhere for a host, while the name in URL, `Host` and certificate stays.
    public struct Redirection: Hashable, Sendable {
        public var host: String
        /// nil for every port.
        public var port: Int?
        public var toHost: String
        /// nil to keep the port.
        public var toPort: Int?

        public init(host: String, port: Int? = nil, toHost: String, toPort: Int? = nil) {
            self.host = host
            self.port = port
            self.toHost = toHost
            self.toPort = toPort
        }

        /// As CURLOPT_CONNECT_TO reads it.
        var text: String {
            let ports = (port.map { "\($0)" } ?? "", toPort.map { "\($0)" } ?? "")
            return "\(Redirection.bracketed(host)):\(ports.0):\(Redirection.bracketed(toHost)):\(ports.1)"
        }

        private static func bracketed(_ host: String) -> String {
            host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        }
    }

    /// The first that fits counts.
    public var connectTo: [Redirection]
    /// The path of a PEM file whose authorities are trusted instead of the system's; nil for the system's.
    public var certificateAuthority: String?

    /// Whether a host and port are dialled elsewhere. The host is without brackets.
    public func redirects(_ host: String, port: Int) -> Bool {
        connectTo.contains { $0.host.lowercased() == host.lowercased() && ($0.port == nil || $0.port == port) }
    }

    public init(connectTo: [Redirection] = [], certificateAuthority: String? = nil) {
        self.connectTo = connectTo
        self.certificateAuthority = certificateAuthority
    }
}
