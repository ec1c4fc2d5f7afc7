/// Finds the host in something that looks like a web address: `https://kik.com/x`, `example.org`.
enum Host {
    /// Endings that people type without a scheme. Longer lists take “down.anyone” for a host.
    private static let endings: Set<String> = [
        "com", "net", "org", "io", "gg", "app", "dev", "me", "tv", "us", "uk", "de", "fr", "es", "br", "pt", "eu", "info", "xyz",
        "gov",
        "edu", "ai", "co",
    ]

    static func find(in chunk: Tokenizer.Bytes) -> Tokenizer.Bytes? {
        guard chunk.count >= 4, chunk.contains(UInt8(ascii: ".")) else { return nil }
        var rest = chunk
        var hasScheme = false
        for scheme in ["https://", "http://", "wss://"] where rest.starts(with: scheme.utf8) {
            rest = rest.dropFirst(scheme.utf8.count)
            hasScheme = true
        }
        let host = rest.prefix { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
                UInt8(ascii: "-"):
                true
            default:
                false
            }
        }
        let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: true)
        guard labels.count >= 2, let ending = labels.last else { return nil }
        guard hasScheme || endings.contains(String(decoding: ending, as: UTF8.self)) else { return nil }
        return host.last == UInt8(ascii: ".") ? host.dropLast() : host
    }
}
