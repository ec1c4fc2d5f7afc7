import Discord
import DiscordClient
import HTTP
import Logging
import Synchronization
import TestServers
import Testing

/// Our client before a server that does with each request what a script says.
struct ScriptedDiscord: Sendable {
    static let token = Secret("MTEwMDAwMDAwMDAwMDAwMDAwMQ.GxYzAb.abcdefghijklmnopqrstuvwxyz_-0123456789")

    let server: ScriptedServer
    let rest: REST
    let log = LogLines()
    private let clients: [HTTPClient]

    /// - Parameter script: is also told the number of the request, counted from 1.
    init(
        base: String? = nil,
        onTokenRejected: @escaping @Sendable () -> Void = {},
        _ script: @escaping @Sendable (ScriptedServer.Request, Int) -> ScriptedServer.Reply
    ) throws {
        let count = Mutex(0)
        server = try ScriptedServer { request in
            let number = count.withLock { count in
                count += 1
                return count
            }
            return script(request, number)
        }
        clients = [HTTPClient(userAgent: "test"), HTTPClient(userAgent: "test")]
        rest = REST(
            base: base ?? "http://127.0.0.1:\(server.port)/api/v10",
            token: Self.token,
            http: clients[0],
            interactionHTTP: clients[1],
            log: log.logger,
            onTokenRejected: onTokenRejected
        )
    }

    /// One that answers in this order, and the last of them from then on.
    init(_ replies: [ScriptedServer.Reply]) throws {
        try self.init { _, number in replies[min(number, replies.count) - 1] }
    }

    func close() async {
        await rest.close()
        for client in clients { await client.shutdown() }
    }
}

extension ScriptedServer.Reply {
    /// Discord's answer to something that went well.
    static func ok(_ body: String = #"{"id":"77"}"#) -> ScriptedServer.Reply {
        .answer(200, fields: ["Content-Type: application/json", "Via: 1.1 google"], body)
    }

    static func refusal(_ status: Int, code: Int, message: String = "no") -> ScriptedServer.Reply {
        .answer(
            status, fields: ["Content-Type: application/json", "Via: 1.1 google"], #"{"code":\#(code),"message":"\#(message)"}"#)
    }

    /// The ways in which something can be carried out without its author learning of it.
    static let lostAnswers: [ScriptedServer.Reply] = [
        .close, .bytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":"), .bytes("not HTTP\r\n\r\n"),
        .answer(500, fields: ["Via: 1.1 google"], "<h1>500</h1>"), .silence, .drip,
    ]
}

/// Everything that was logged, line by line.
final class LogLines: Sendable {
    private let written: Mutex<[String]> = Mutex([])

    var lines: [String] { written.withLock { $0 } }

    var logger: Logger {
        Logger(label: "test") { _ in Handler(lines: self) }
    }

    private struct Handler: LogHandler {
        let lines: LogLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let line = "\(event.level) \(event.message) \(event.metadata ?? [:])"
            lines.written.withLock { $0.append(line) }
        }
    }
}
