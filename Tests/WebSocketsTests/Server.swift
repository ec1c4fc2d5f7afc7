import Certificates
import ChildProcesses
import Foundation
import WebSockets

/// `server.py`, started once for all tests, with the loops that talk to it. It ends with this process, whose pipe it reads.
struct Server {
    static let shared = Result { try Server() }

    /// Trusts the authority that signed the server's certificates.
    let trusting: WebSocketLoop
    /// Trusts what the system does.
    let system: WebSocketLoop
    private let ports: [String: UInt16]
    private let process: ChildProcess

    private init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "websockets-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let authority = try CertificateAuthority(in: folder)
        let identities = try [
            "good": authority.issue(for: ["chat.test", "127.0.0.1"]),
            "good6": authority.issue(for: ["::1"]),
            "other6": authority.issue(for: ["::2"]),
            "other": authority.issue(for: ["other.test"]),
            "expired": authority.issue(for: ["chat.test"], days: -1),
        ]
        trusting = try WebSocketLoop(certificateAuthority: authority.certificate.path(percentEncoded: false))
        system = try WebSocketLoop()

        var arguments = [
            "self-signed", authority.certificate.path(percentEncoded: false),
            folder.appending(path: "ca.key").path(percentEncoded: false),
        ]
        for (name, identity) in identities {
            arguments += [name, identity.certificate.path(percentEncoded: false), identity.key.path(percentEncoded: false)]
        }
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "server.py")
        // The one that has PyPI's websockets.
        let python = ProcessInfo.processInfo.environment["ISITDOWN_PYTHON"] ?? "python3"
        process = try ChildProcess(
            python, [script.path(percentEncoded: false)] + arguments, input: .pipe, output: .pipe, errors: .inherited)
        ports = try JSONDecoder().decode([String: UInt16].self, from: Server.firstLine(of: process.output))
    }

    private static func firstLine(of file: FileHandle?) -> Data {
        var line = Data()
        while line.last != UInt8(ascii: "\n"), let byte = file?.readData(ofLength: 1), !byte.isEmpty {
            line += byte
        }
        return line
    }

    /// The port of a listener.
    func port(_ name: String) -> UInt16 {
        guard let port = ports[name] else { preconditionFailure("server.py has no listener \(name)") }
        return port
    }

    /// A request to a listener; `secure` ones name `chat.test`, which only the request's address finds.
    func request(_ path: String, at listener: String = "plain", limits: WebSocketRequest.Limits = .init()) -> WebSocketRequest {
        WebSocketRequest(url: "ws://127.0.0.1:\(port(listener))\(path)", limits: limits)
    }

    func secureRequest(_ path: String, at listener: String = "good") -> WebSocketRequest {
        WebSocketRequest(url: "wss://chat.test\(path)", address: "127.0.0.1", port: port(listener))
    }
}
