import CCurl
import Glibc
import Status
import TestChance
import Testing

/// What strangers write, as we read it and as libcurl reads it.
@Suite("Two readers of one address")
struct AdHocFuzzTests {
    @Test("the host that is dialled is the host that was judged", arguments: [UInt64(1), 2, 3, 4])
    func sameHost(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var accepted = 0
        for _ in 0..<15_000 {
            let text = randomAddress(&random)
            guard let target = try? AdHocTarget(text) else { continue }
            accepted += 1
            // libcurl is given this and nothing else.
            let dialled = try #require(CurlURL(target.target.description), "\(text)")
            #expect(dialled == CurlURL(of: target.target), "\(text)")
            try expectHarmless(target, text)
            // Whatever libcurl makes of the text itself is no other place.
            if let direct = CurlURL(text, scheme: "https") { #expect(direct.place == dialled.place, "\(text)") }
        }
        // The property says little where nothing is let through.
        #expect(accepted > 500)
    }

    @Test(
        "every letter that we read is read in the same way by libidn2, alone and beside others",
        .enabled(if: Libidn2() != nil, "libcurl is built without libidn2")
    )
    func letters() throws {
        let libidn2 = try #require(Libidn2())
        var accepted = 0
        for number in UInt32(0x80)...0xFFFF {
            guard let letter = Unicode.Scalar(number) else { continue }
            for name in ["\(letter)1\(letter).com", "\(letter).\(letter)\(letter).com"] {
                guard let target = try? AdHocTarget(name) else { continue }
                accepted += 1
                #expect(libidn2.ascii(name) == target.target.host, "U+\(String(number, radix: 16))")
            }
        }
        // Twice, and Han and hangul for the most part.
        #expect(accepted > 2 * 38_000)
    }

    @Test("whatever the text, nothing traps, and what is accepted is harmless")
    func noise() throws {
        var random = SplitMix(state: 5)
        for _ in 0..<20_000 {
            let scalars = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                Unicode.Scalar(UInt32.random(in: 0...0x2FFF, using: &random)) ?? "."
            }
            let text = String(String.UnicodeScalarView(scalars)) + (Bool.random(using: &random) ? ".com" : "")
            if let target = try? AdHocTarget(text) { try expectHarmless(target, text) }
            _ = AdHocTarget.mentioned(in: text)
            if let next = try? AdHocTarget("https://example.com/a").following(text) { try expectHarmless(next, text) }
        }
    }

    /// A name in plain letters with an ending of letters, or a public address.
    private func expectHarmless(_ target: AdHocTarget, _ text: String) throws {
        let place = target.target
        #expect([.http: 80, .https: 443][place.kind] == place.port, "\(text)")
        #expect(place.path.first == "/" && place.path.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "\(text)")
        if let address = IPAddress(place.host) {
            #expect(AddressGuard.objection(to: address) == nil, "\(text)")
            #expect(address.description == place.host, "\(text)")
        } else {
            let labels = place.host.split(separator: ".", omittingEmptySubsequences: false)
            let plain = "abcdefghijklmnopqrstuvwxyz0123456789-"
            #expect(labels.count > 1 && labels.allSatisfy { !$0.isEmpty && $0.allSatisfy(plain.contains) }, "\(text)")
            #expect(labels.last?.first?.isLetter == true, "\(text)")
        }
    }

    private func randomAddress(_ random: inout SplitMix) -> String {
        let openings = ["", "", "http://", "https://", "HTTP://", "//", "http:", "ftp://", "https:\\\\"]
        let hosts = [
            "example.com", "Example.ORG", "localhost", "a.local", "8.8.8.8", "127.0.0.1", "127.1", "0x7f.1", "2130706433",
            "[::1]",
            "[2606:4700::1111]", "[::ffff:8.8.8.8]", "bücher.de", "сара.com", "日本.jp", "xn--bcher-kva.de", "example",
            "1.2.3.4.com",
        ]
        let pieces =
            hosts + [
                "@", ":", ":80", ":443", ":8080", "/", "?", "#", "\\", ".", "..", "%", "%2e", "%40", "a", "7", "0x1", "-", "_",
                "[", "]", " ", "\t",
                "\u{0}", "。", "．", "／", "＠", "\u{301}", "\u{AD}", "\u{200D}", "&", ";", "!", "x=1", "/a/b", "ß", "é",
            ]
        var text = openings.randomElement(using: &random) ?? ""
        text += hosts.randomElement(using: &random) ?? ""
        for _ in 0..<Int.random(in: 0...4, using: &random) { text += pieces.randomElement(using: &random) ?? "" }
        return text
    }
}

/// What libcurl has names of other alphabets read by, as it has them read.
private struct Libidn2 {
    private typealias Lookup =
        @convention(c) (UnsafePointer<UInt8>, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>, Int32) -> Int32
    private typealias Free = @convention(c) (UnsafeMutableRawPointer?) -> Void
    private let lookup: Lookup
    private let free: Free

    /// nil where libcurl is built without it.
    init?() {
        guard let lookup = dlsym(nil, "idn2_lookup_u8"), let free = dlsym(nil, "idn2_free") else { return nil }
        self.lookup = unsafeBitCast(lookup, to: Lookup.self)
        self.free = unsafeBitCast(free, to: Free.self)
    }

    func ascii(_ name: String) -> String? {
        var result: UnsafeMutablePointer<UInt8>?
        // IDN2_NFC_INPUT and IDN2_NONTRANSITIONAL.
        guard lookup(Array(name.utf8) + [0], &result, 1 | 8) == 0, let result else { return nil }
        defer { free(result) }
        return String(cString: result)
    }
}

/// The parts of a URL as libcurl reads them.
private struct CurlURL: Hashable {
    var scheme: String
    var host: String
    var port: String
    var path: String

    /// Where a connection goes.
    var place: [String] {
        // libcurl leaves an IPv6 address as it was written, and other alphabets until it dials.
        let number = host.hasPrefix("[") ? IPAddress(host.dropFirst().dropLast())?.description : nil
        return [scheme, number ?? Libidn2()?.ascii(host) ?? host, port]
    }

    init(of target: Target) {
        scheme = target.kind.rawValue
        host = target.host.contains(":") ? "[\(target.host)]" : target.host
        port = "\(target.port)"
        path = target.path
    }

    /// - Parameter scheme: the one that is taken when none is written; nil where one must be.
    init?(_ text: String, scheme: String? = nil) {
        guard !text.utf8.contains(0), let url = curl_url() else { return nil }
        defer { curl_url_cleanup(url) }
        let flags = UInt32(CURLU_PATH_AS_IS) | UInt32(scheme == "https" ? CURLU_DEFAULT_SCHEME : 0)
        guard curl_url_set(url, CURLUPART_URL, text, flags) == CURLUE_OK else { return nil }
        func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
            var value: UnsafeMutablePointer<CChar>?
            guard curl_url_get(url, part, &value, UInt32(flags)) == CURLUE_OK, let value else { return nil }
            defer { curl_free(value) }
            return String(cString: value)
        }
        guard let scheme = part(CURLUPART_SCHEME), let host = part(CURLUPART_HOST) else { return nil }
        self.scheme = scheme
        self.host = host.lowercased()
        port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT) ?? ""
        path = (part(CURLUPART_PATH) ?? "") + (part(CURLUPART_QUERY).map { "?\($0)" } ?? "")
    }
}
