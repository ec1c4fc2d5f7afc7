/// Why the playground cannot start, in words for the person who started it.
public enum PlaygroundError: Error, Hashable, Sendable, CustomStringConvertible {
    case badPort(Int)
    case portInUse(Int)
    case cannotListen(Int, reason: String)
    /// A simulated service could not be set up.
    case lab(String)

    public var description: String {
        switch self {
        case .badPort(let port): "\(port) is no port; ports are 1 to 65535, and 0 lets the system choose one"
        case .portInUse(let port):
            "port \(port) is in use, perhaps by another playground; choose another one with --port, for example --port \(port < 65_535 ? port + 1 : 8_787)"
        case .cannotListen(let port, let reason): "cannot listen on 127.0.0.1:\(port): \(reason)"
        case .lab(let reason): "the simulated services cannot start: \(reason)"
        }
    }
}
