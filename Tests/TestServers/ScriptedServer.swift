import Glibc
import Synchronization

/// An HTTP server on loopback that does with each request what a script says, however rude.
///
/// Connections stay open between requests, as a pool of connections expects.
public final class ScriptedServer: Sendable {
    /// A request, as it came.
    public struct Request: Sendable {
        public let method: String
        public let path: String
        /// The lines of the head after the first, as they came.
        public let fields: [String]
        public let body: String
        /// Which connection it came on, counted from 1.
        public let connection: Int

        public func has(_ name: String) -> Bool {
            fields.contains { $0.lowercased().hasPrefix(name.lowercased() + ":") }
        }
    }

    /// What is done with a request.
    public enum Reply: Sendable {
        /// An answer with a length, after which the connection stays open.
        case answer(_ status: Int, fields: [String] = [], _ body: String = "")
        /// These bytes, then the end.
        case bytes(String)
        /// The end, without a byte.
        case close
        /// The end, and nobody can connect any more.
        case closeForGood
        /// Nothing, as from a peer that is gone.
        case silence
        /// A head that never ends, slowly.
        case drip
    }

    private struct State {
        var requests: [Request] = []
        var connections = 0
    }

    private let listener: LoopbackSocket
    private let state = Mutex(State())
    /// The requests as they come, for one reader.
    public let arrivals: AsyncStream<Request>
    private let arrived: AsyncStream<Request>.Continuation
    private let script: @Sendable (Request) -> Reply

    public var port: Int { listener.port }
    public var requests: [Request] { state.withLock { $0.requests } }

    public init(_ script: @escaping @Sendable (Request) -> Reply) throws {
        listener = try LoopbackSocket()
        self.script = script
        (arrivals, arrived) = AsyncStream.makeStream()
        let descriptor = listener.descriptor
        onThread { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                guard let self else {
                    close(connection)
                    return
                }
                let number = self.state.withLock { state in
                    state.connections += 1
                    return state.connections
                }
                onThread { [weak self] in
                    while let request = ScriptedServer.read(from: connection, number: number), let self {
                        guard self.serve(request, on: connection) else { break }
                    }
                    close(connection)
                }
            }
        }
    }

    /// - Returns: whether the connection stays open.
    private func serve(_ request: Request, on connection: Int32) -> Bool {
        state.withLock { $0.requests.append(request) }
        arrived.yield(request)
        switch script(request) {
        case .answer(let status, let fields, let body):
            let head = ["HTTP/1.1 \(status) X", "Content-Length: \(body.utf8.count)"] + fields
            return write(head.joined(separator: "\r\n") + "\r\n\r\n" + body, to: connection)
        case .bytes(let text):
            _ = write(text, to: connection)
            shutdown(connection, Int32(SHUT_WR))
            return false
        case .close: return false
        case .closeForGood:
            shutdown(listener.descriptor, Int32(SHUT_RDWR))
            return false
        case .silence:
            awaitEnd(of: connection, milliseconds: -1)
            return false
        case .drip:
            var text = "HTTP/1.1 200 OK\r\nX: "
            while write(text, to: connection), !awaitEnd(of: connection, milliseconds: 20) { text = "x" }
            return false
        }
    }

    private func write(_ text: String, to connection: Int32) -> Bool {
        let bytes = Array(text.utf8)
        return send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// Whether the client has gone within a time; -1 for as long as it takes.
    @discardableResult
    private func awaitEnd(of connection: Int32, milliseconds: Int32) -> Bool {
        var request = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, milliseconds) > 0
    }

    private static func read(from connection: Int32, number: Int) -> Request? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while true {
            if let request = Request(bytes, connection: number) { return request }
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            bytes += chunk.prefix(count)
        }
    }
}

extension ScriptedServer.Request {
    /// Nil while the request is not complete.
    fileprivate init?(_ bytes: [UInt8], connection: Int) {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        var lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n").map(String.init)
        let words = lines.removeFirst().split(separator: " ").map(String.init)
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.split(separator: ":")[1].filter { $0 != " " }) }
        let body = bytes[end.upperBound...]
        guard words.count == 3, body.count >= length ?? 0 else { return nil }
        self.init(
            method: words[0], path: words[1], fields: lines, body: String(decoding: body, as: UTF8.self), connection: connection)
    }
}
