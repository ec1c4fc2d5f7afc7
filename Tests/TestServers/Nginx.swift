import ChildProcesses
import Foundation

/// nginx on loopback, as Debian packages it, with a configuration of its own.
///
/// It ends with this object, and also when this process dies: a shell between the two waits for the end of a pipe, and then removes
/// the folder.
public final class Nginx: Sendable {
    /// Why nginx does not run, in its own words.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    public let folder: TemporaryFolder
    private let shell: ChildProcess

    /// Starts nginx and returns when it listens.
    ///
    /// - Parameter servers: the `server` blocks. Files are served from `folder`, where relative paths begin.
    public init(in folder: TemporaryFolder, servers: String) throws {
        self.folder = folder
        try folder.write(Nginx.configuration(servers), to: "nginx.conf")
        shell = try ChildProcess(
            "/bin/sh", ["-c", Nginx.script, folder.url.path(percentEncoded: false)], input: .pipe, errors: .pipe)
        if let log = shell.errors { try Nginx.awaitStart(log) }
    }

    deinit {
        try? shell.input?.close()
        shell.wait()
    }

    private static let script = """
        nginx -p "$0" -c nginx.conf -e stderr &
        cat > /dev/null
        kill $!
        wait
        rm -rf "$0"
        """

    /// Reads the log up to the line that is written once the sockets listen; the rest is read away on a thread.
    private static func awaitStart(_ log: FileHandle) throws {
        var said = ""
        while !said.contains("start worker process ") {
            let piece = log.availableData
            said += String(decoding: piece, as: UTF8.self)
            // A port that is still taken is tried again for a while.
            let mistake = said.split(separator: "\n").first { $0.contains("[emerg]") && !$0.contains("bind() to") }
            if piece.isEmpty || mistake != nil { throw Failure(description: "nginx does not start: \(said)") }
        }
        onThread { while !log.availableData.isEmpty {} }
    }

    private static func configuration(_ servers: String) -> String {
        let user = FileManager.default.isWritableFile(atPath: "/root") ? "user root;" : ""
        return """
            \(user)
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log stderr notice;
            events { worker_connections 512; }
            http {
                access_log off;
                client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
            \(servers)
            }
            """
    }
}
