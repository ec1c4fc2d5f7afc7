/// Takes secrets out of text before it reaches a log: by value, and by the shape that Discord's secrets have.
public struct Redaction: Sendable {
    private let secrets: [[UInt8]]
    private static let mark = Array("[redacted]".utf8)

    /// A redaction that knows these secrets. Very short ones are left out: they would blot out ordinary words.
    public init(_ secrets: [Secret] = []) {
        self.secrets = secrets.map { Array($0.value.utf8) }.filter { $0.count >= 8 }
    }

    /// The text without secrets: known ones, bot tokens, interactions' tokens, what follows `Bot`, `Bearer` or
    /// `"token":`, and what stands after the id in the paths of webhooks and interactions.
    public func redacted(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for secret in secrets {
            bytes = bytes.replacing(secret, with: Self.mark)
        }
        return String(decoding: Self.withoutShapes(bytes), as: UTF8.self)
    }

    /// Whether a text has the shape of a bot's token in it.
    public static func holdsBotToken(_ text: String) -> Bool {
        text.utf8.split { !isTokenByte($0) }.contains { holdsBotToken(Array($0)[...]) }
    }

    /// Walks over runs of the characters that tokens are made of; what stands before a run tells what it is.
    private static func withoutShapes(_ bytes: [UInt8]) -> [UInt8] {
        var clean: [UInt8] = []
        clean.reserveCapacity(bytes.count)
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let run = bytes[position...].prefix(while: isTokenByte)
            guard !run.isEmpty else {
                clean.append(bytes[position])
                position += 1
                continue
            }
            clean += isSecret(run, after: clean) ? mark : Array(run)
            position = run.endIndex
        }
        return clean
    }

    private static func isSecret(_ run: ArraySlice<UInt8>, after text: [UInt8]) -> Bool {
        // Base64 of "interaction:", with which every interaction's token begins.
        run.firstRange(of: Array("aW50ZXJhY3Rpb24".utf8)) != nil || holdsBotToken(run) || followsScheme(run, text)
            || followsName(text)
            || followsID(text)
    }

    /// `"token":"…"`, as in the gateway's payloads.
    private static func followsName(_ text: [UInt8]) -> Bool {
        let before = text.suffix(12).filter { $0 != 0x20 }
        return before.suffix(9).elementsEqual(#""token":""#.utf8)
    }

    /// `Authorization: Bot …`; a word of prose after "Bot" is shorter.
    private static func followsScheme(_ run: ArraySlice<UInt8>, _ text: [UInt8]) -> Bool {
        let before = String(decoding: text.suffix(7), as: UTF8.self).lowercased()
        return run.count >= 20 && (before.hasSuffix("bot ") || before.hasSuffix("bearer "))
    }

    /// Three parts between dots, as long as those of a bot's token are at least.
    private static func holdsBotToken(_ run: ArraySlice<UInt8>) -> Bool {
        let parts = run.split(separator: 0x2E, omittingEmptySubsequences: false).map(\.count)
        return parts.indices.contains { index in
            index + 2 < parts.count && parts[index] >= 23 && (6...7).contains(parts[index + 1]) && parts[index + 2] >= 27
        }
    }

    /// `/webhooks/{id}/` or `/interactions/{id}/`.
    private static func followsID(_ text: [UInt8]) -> Bool {
        guard text.last == 0x2F else { return false }
        let id = text.dropLast().reversed().prefix { (0x30...0x39).contains($0) }
        guard !id.isEmpty else { return false }
        let before = text.dropLast(1 + id.count)
        return ["webhooks/", "interactions/"].contains { before.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x25, 0x7E, 0x2B: true
        default: false
        }
    }
}
