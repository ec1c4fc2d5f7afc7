import ChildProcesses
import Foundation

/// unbound, as Debian packages it, answering over HTTPS on loopback from a few names of its own, and asking nobody else.
public final class Unbound: Sendable {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    public let port: Int
    private let folder: TemporaryFolder
    private let shell: ChildProcess

    /// Starts unbound and returns when it listens.
    ///
    /// - Parameters:
    ///   - folder: lives as long as it does.
    ///   - zones: lines of `local-zone` and `local-data`; every other name does not exist.
    ///   - certificate: path of its certificate, and `key` of its key.
    public init(in folder: TemporaryFolder, zones: [String], certificate: String, key: String) throws {
        self.folder = folder
        port = try twoFreePorts().0
        let configuration = """
            server:
                interface: 127.0.0.1@\(port)
                https-port: \(port)
                tls-service-key: "\(key)"
                tls-service-pem: "\(certificate)"
                chroot: "" \n    username: "" \n    directory: "\(folder.url.path(percentEncoded: false))"
                pidfile: "" \n    use-syslog: no \n    logfile: "" \n    verbosity: 1 \n    do-daemonize: no
                do-ip6: no \n    num-threads: 1 \n    module-config: "iterator" \n    access-control: 127.0.0.0/8 allow
                local-zone: "." always_nxdomain
                \(zones.joined(separator: "\n    "))
            """
        try folder.write(configuration, to: "unbound.conf")
        shell = try ChildProcess(
            "/bin/sh", ["-c", Self.script, folder.url.path(percentEncoded: false)], input: .pipe, errors: .pipe)
        guard let log = shell.errors else { return }
        var said = ""
        while !said.contains("start of service") {
            let piece = log.availableData
            said += String(decoding: piece, as: UTF8.self)
            if piece.isEmpty { throw Failure(description: "unbound does not start: \(said)") }
        }
        onThread { while !log.availableData.isEmpty {} }
    }

    deinit {
        try? shell.input?.close()
        shell.wait()
    }

    /// Ends with this process, too: the shell waits for the end of a pipe.
    private static let script = """
        unbound -d -p -c "$0/unbound.conf" &
        cat > /dev/null
        kill $!
        wait
        rm -rf "$0"
        """
}
