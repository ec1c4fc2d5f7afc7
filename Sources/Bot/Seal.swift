import COpenSSL
public import Discord

/// Signs what the bot lets people carry for it, so that nothing comes back that it has not given out.
///
/// HMAC with SHA-256 (RFC 2104), cut to 64 bits: whoever guesses has one try a button, and what can be had by it is a dialogue. The key
/// comes from the bot's token, so every process of the bot has the same one, buttons outlive restarts, and none has to be kept; with a
/// new token the old buttons end.
public struct Seal: Sendable {
    /// Of a signature as text.
    static let length = 11
    private static let bytes = 8
    private let key: [UInt8]

    /// - Parameter secret: never leaves the process; the signatures tell nothing of it.
    public init(_ secret: Secret) {
        key = Self.code(Array("isitdown buttons".utf8), key: Array(secret.value.utf8))
    }

    /// The signature of a text, in letters, digits, `-` and `_`.
    func signature(of text: String) -> String {
        let code = Self.code(Array(text.utf8), key: key).prefix(Self.bytes)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var (bits, value, letters) = (0, 0, [UInt8]())
        for byte in code {
            (bits, value) = (bits + 8, value << 8 | Int(byte))
            while bits >= 6 {
                bits -= 6
                letters.append(alphabet[value >> bits & 63])
            }
        }
        letters.append(alphabet[value << (6 - bits) & 63])
        return String(decoding: letters, as: UTF8.self)
    }

    /// Whether a signature is that of a text; takes as long for every wrong one.
    func holds(_ signature: some StringProtocol, for text: String) -> Bool {
        let (given, right) = (Array(signature.utf8), Array(self.signature(of: text).utf8))
        return given.count == right.count && CRYPTO_memcmp(given, right, right.count) == 0
    }

    private static func code(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, &length)
        return Array(code.prefix(Int(length)))
    }
}
