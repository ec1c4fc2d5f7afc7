import Glibc
import Synchronization

/// A TCP server that reads one request from each connection, answers with fixed bytes, and closes.
public final class CannedServer: Sendable {
    /// When a request is complete.
    public enum Reading: Sendable {
        /// Nothing is read: the answer comes first, as from servers that speak first.
        case nothing
        /// An empty line ends it, and as many bytes of body follow.
        case request(body: Int)
    }

    private let listener: LoopbackSocket
    private let received: Mutex<[[UInt8]]> = Mutex([])

    public var port: Int { listener.port }

    /// What came in, one entry for each connection that was served.
    public var requests: [String] { received.withLock { $0.map { String(decoding: $0, as: UTF8.self) } } }

    public init(_ reading: Reading = .request(body: 0), answer: String) throws {
        listener = try LoopbackSocket()
        let descriptor = listener.descriptor
        onThread { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                let request = read(reading, from: connection)
                self?.received.withLock { $0.append(request) }
                let bytes = Array(answer.utf8)
                send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                shutdown(connection, Int32(SHUT_WR))
                close(connection)
            }
        }
    }
}

private func read(_ reading: CannedServer.Reading, from connection: Int32) -> [UInt8] {
    guard case .request(let bodyLength) = reading else { return [] }
    var request: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4_096)
    while true {
        let count = recv(connection, &chunk, chunk.count, 0)
        guard count > 0 else { return request }
        request += chunk.prefix(count)
        if let end = request.firstRange(of: Array("\r\n\r\n".utf8)), request.count >= end.upperBound + bodyLength {
            return request
        }
    }
}
