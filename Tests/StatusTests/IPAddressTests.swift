import Glibc
import Status
import TestChance
import Testing

@Suite("Numeric addresses")
struct IPAddressTests {
    @Test(
        "only the usual notation is one",
        arguments: [
            "", ".", "1", "1.2.3", "1.2.3.4.", ".1.2.3.4", "1.2.3.4.5", "1..3.4", "01.2.3.4", "1.2.3.04", "256.1.1.1",
            "1.2.3.999",
            "1.2.3.0x4", "0x7f.0.0.1", "2130706433", " 1.2.3.4", "1.2.3.4 ", "+1.2.3.4", "-1.2.3.4", "1,2,3,4", "１.2.3.4",
            ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "12345::",
            "g::",
            "::1.2.3", "::1.2.3.4:5", "1.2.3.4::", "::256.2.3.4", "::01.2.3.4", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "[::1]",
            "::1%lo",
            "::1/64", "+1::", "-1::", "1:2:3:4:5:6:7:1.2.3.4", "٠::",
        ]
    )
    func malformed(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("what is read is what the system reads, and is written as the system writes it")
    func likeTheSystem() throws {
        var random = SplitMix(state: 7)
        for round in 0..<20_000 {
            let text = round.isMultiple(of: 2) ? randomV6(&random) : randomText(&random)
            var (v4, v6) = (in_addr(), in6_addr())
            if inet_pton(AF_INET6, text, &v6) == 1 {
                let bits = withUnsafeBytes(of: v6) { $0.reduce(UInt128(0)) { $0 << 8 | UInt128($1) } }
                #expect(IPAddress(text) == .v6(bits), "\(text)")
                try #require(IPAddress(IPAddress.v6(bits).description) == .v6(bits))
            } else if inet_pton(AF_INET, text, &v4) == 1 {
                #expect(IPAddress(text) == .v4(UInt32(bigEndian: v4.s_addr)), "\(text)")
            } else {
                #expect(IPAddress(text) == nil, "\(text)")
            }
        }
    }

    @Test(
        "is written shortly",
        arguments: [
            ("0:0:0:0:0:0:0:0", "::"), ("0:0:0:0:0:0:0:1", "::1"), ("1:0:0:0:0:0:0:0", "1::"),
            ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
            ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"), ("::ffff:1.2.3.4", "::ffff:102:304"), ("1.2.3.4", "1.2.3.4"),
        ]
    )
    func written(text: String, expected: String) {
        #expect(IPAddress(text)?.description == expected)
    }

    private func randomV6(_ random: inout SplitMix) -> String {
        let groups = (0..<8).map { _ in Bool.random(using: &random) ? 0 : UInt16.random(in: 0...0xFFFF, using: &random) }
        return IPAddress.v6(groups.reduce(UInt128(0)) { $0 << 16 | UInt128($1) }).description
    }

    private func randomText(_ random: inout SplitMix) -> String {
        let pieces = ["0", "1", "12", "255", "256", "ffff", "a", "::", ":", ":", ":", ".", ".", ".", "1.2.3.4"]
        return (0..<Int.random(in: 1...16, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }.joined()
    }
}
