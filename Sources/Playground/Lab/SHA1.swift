import CWebSockets

/// SHA-1, which the websocket handshake wants (RFC 6455, 1.3).
enum SHA1 {
    static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 20)
        _ = lws_SHA1(bytes, bytes.count, &digest)
        return digest
    }
}
