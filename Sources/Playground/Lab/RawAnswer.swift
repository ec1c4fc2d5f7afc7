import Foundation
import LocalWeb

/// What a simulated host says to the first bytes of a client: Kik's opening, or enough HTTP/1.1 for a probe.
enum RawAnswer: Hashable, Sendable {
    case wantsMore
    case say([UInt8], thenHangUp: Bool)
    case hangUp

    /// Bytes that a client may send before its request is complete.
    static let bound = 8_192

    /// - Parameters:
    ///   - bytes: everything the client said since the last answer.
    ///   - statuses: the status for `host/path` where it is not 200.
    ///   - isBlocked: whether the host turns everybody away.
    static func to(_ bytes: [UInt8], statuses: [String: Int], isBlocked: Bool) -> RawAnswer {
        if bytes.starts(with: "<".utf8) {
            guard !isBlocked else { return .hangUp }
            guard bytes.contains(UInt8(ascii: ">")) else { return bytes.count < bound ? .wantsMore : .hangUp }
            return bytes.starts(with: "<k".utf8) ? .say(Array(#"<k ok="1" ts="0">"#.utf8), thenHangUp: false) : .hangUp
        }
        guard let end = headerEnd(bytes) else {
            guard bytes.count < bound, looksLikeHTTP(bytes) else { return .hangUp }
            return .wantsMore
        }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return .hangUp }
        if isBlocked { return response(403, method: words[0]) }
        if let key = header("sec-websocket-key", in: lines), header("upgrade", in: lines)?.lowercased() == "websocket" {
            return .say(upgrade(key), thenHangUp: false)
        }
        let host = LoopbackRules.host(of: header("host", in: lines) ?? "") ?? ""
        return response(statuses["\(host)\(words[1])"] ?? 200, method: words[0])
    }

    private static func headerEnd(_ bytes: [UInt8]) -> Int? {
        bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound
    }

    private static func looksLikeHTTP(_ bytes: [UInt8]) -> Bool {
        bytes.prefix(8).allSatisfy { (65...90).contains($0) || $0 == 32 || $0 == 47 }
    }

    private static func header(_ name: String, in lines: [Substring]) -> String? {
        lines.dropFirst().lazy.compactMap { line -> String? in
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name else { return nil }
            return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }.first
    }

    private static func response(_ status: Int, method: Substring) -> RawAnswer {
        let body = "<!doctype html><title>Simulated</title><p>This is a simulated service of the isitdown playground."
        var head = "HTTP/1.1 \(status) \(status < 400 ? "OK" : "Refused")\r\nServer: playground\r\nConnection: close\r\n"
        if (300..<400).contains(status) { head += "Location: /\r\n" }
        head += "Content-Type: text/html; charset=utf-8\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        return .say(Array((head + (method == "HEAD" ? "" : body)).utf8), thenHangUp: true)
    }

    private static func upgrade(_ key: String) -> [UInt8] {
        let accept = Data(SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))).base64EncodedString()
        let head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        return Array((head + "Sec-WebSocket-Accept: \(accept)\r\n\r\n").utf8)
    }
}
