import Status
import TestChance
import Testing

@Suite("Which addresses are public")
struct AddressGuardTests {
    @Test(
        "what is not public says what it is",
        arguments: [
            ("127.0.0.1", .loopback), ("127.255.255.254", .loopback), ("0.0.0.0", .unspecified), ("0.1.2.3", .unspecified),
            ("10.0.0.0", .privateUse), ("10.255.255.255", .privateUse), ("172.16.0.0", .privateUse),
            ("172.31.255.255", .privateUse),
            ("192.168.0.1", .privateUse), ("192.168.255.255", .privateUse), ("100.64.0.0", .carrier),
            ("100.127.255.255", .carrier),
            ("169.254.0.1", .linkLocal), ("169.254.169.253", .linkLocal), ("169.254.169.254", .metadata),
            ("169.254.170.2", .metadata), ("168.63.129.16", .metadata), ("100.100.100.200", .metadata),
            ("192.0.0.192", .metadata),
            ("192.0.0.1", .protocols), ("192.0.0.170", .protocols), ("192.0.2.1", .documentation),
            ("198.51.100.7", .documentation),
            ("203.0.113.255", .documentation), ("192.88.99.1", .transition), ("198.18.0.0", .benchmarking),
            ("198.19.255.255", .benchmarking), ("224.0.0.1", .multicast), ("239.255.255.250", .multicast),
            ("240.0.0.1", .reserved),
            ("255.255.255.254", .reserved), ("255.255.255.255", .broadcast),
            ("::", .unspecified), ("::1", .loopback), ("::2", .unspecified), ("::ffff:127.0.0.1", .loopback),
            ("::ffff:7f00:1", .loopback), ("::ffff:10.1.2.3", .privateUse), ("::ffff:a9fe:a9fe", .metadata),
            ("::ffff:0.0.0.0", .unspecified), ("::127.0.0.1", .loopback), ("::10.0.0.1", .privateUse), ("::8.8.8.8", .transition),
            ("::ffff:0:127.0.0.1", .loopback), ("::ffff:0:8.8.8.8", .transition), ("64:ff9b::127.0.0.1", .loopback),
            ("64:ff9b::a9fe:a9fe", .metadata), ("64:ff9b::192.168.1.1", .privateUse), ("64:ff9b:1::8.8.8.8", .transition),
            ("64:ff9b:1:ffff::1", .transition), ("64:ff9b:0:1::8.8.8.8", .reserved), ("2002:7f00:1::", .loopback),
            ("2002:a00:1::5", .privateUse), ("2002:a9fe:a9fe::", .metadata), ("2002:808:808::1", .transition),
            // Teredo: the client 127.0.0.1 with its bits turned, and a server at 10.0.0.1.
            ("2001:0:808:808:0:0:80ff:fffe", .loopback), ("2001:0:a00:1:0:0:f7f7:f7f7", .privateUse),
            ("2001:0:808:808:0:0:f7f7:f7f7", .transition), ("2606:4700::5efe:10.0.0.1", .privateUse),
            ("2606:4700::200:5efe:127.0.0.1", .loopback), ("100::1", .reserved), ("100:0:0:1::1", .reserved),
            ("2001:2::1", .benchmarking), ("2001:10::1", .protocols), ("2001:1ff:ffff::1", .protocols),
            ("2001:db8::1", .documentation),
            ("3fff::1", .documentation), ("3fff:fff:ffff::1", .documentation), ("5f00::1", .protocols), ("fc00::1", .privateUse),
            ("fd12:3456::1", .privateUse), ("fd00:ec2::254", .metadata), ("fd20:ce::254", .metadata), ("fe80::1", .linkLocal),
            ("febf::1", .linkLocal), ("fec0::1", .privateUse), ("feff::1", .privateUse), ("ff02::1", .multicast),
            ("ff0e::1", .multicast),
            ("200::1", .reserved), ("1fff:ffff::1", .reserved), ("4000::1", .reserved), ("8000::1", .reserved),
            ("fe00::1", .reserved),
        ] as [(String, SpecialPurpose)]
    )
    func refused(text: String, purpose: SpecialPurpose) throws {
        #expect(AddressGuard.objection(to: try #require(IPAddress(text))) == purpose)
        #expect(AddressGuard.objection(toNumber: text) == purpose)
    }

    @Test(
        "the neighbours of what is refused are public, and so is what a mapping or a translation leads to",
        arguments: [
            "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
            "168.63.129.15", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.1.0",
            "192.0.3.0", "192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
            "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255", "192.31.196.1",
            "2000::1", "2001:200::1", "2001:4860:4860::8888", "2001:db7::1", "2001:db9::1", "2003::1", "2606:4700:4700::1111",
            "2620:4f:8000::1", "3ffe:ffff::1", "3fff:1000::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2606:4700::5efe:8.8.8.8",
        ]
    )
    func admitted(text: String) throws {
        #expect(AddressGuard.objection(to: try #require(IPAddress(text))) == nil)
    }

    @Test("a zone does not make an address public, and what cannot be read is refused")
    func numbers() {
        let expected: [(String, SpecialPurpose?)] = [
            ("fe80::1%eth0", .linkLocal), ("::1%lo", .loopback), ("", .unreadable), ("localhost", .unreadable),
            ("127.1", .unreadable),
            ("%", .unreadable), ("8.8.8.8", nil),
        ]
        for (text, purpose) in expected { #expect(AddressGuard.objection(toNumber: text) == purpose, "\(text)") }
    }

    @Test("an IPv4 address is judged the same however it is wrapped")
    func wrapping() {
        var random = SplitMix(state: 11)
        for _ in 0..<20_000 {
            let number = UInt32.random(in: .min ... .max, using: &random)
            let inner = AddressGuard.objection(to: .v4(number))
            let low = UInt128(number)
            // Mapped and translated ones as such; through the others nothing is public.
            for prefix: UInt128 in [0xFFFF << 32, 0x0064_FF9B << 96] {
                #expect(AddressGuard.objection(to: .v6(prefix | low)) == inner)
            }
            let throughOthers: [UInt128] = [
                0xFFFF_0000 << 32 | low, 0x2002 << 112 | low << 80, 0x2001 << 112 | (low ^ 0xFFFF_FFFF),
            ]
            for bits in throughOthers {
                #expect(AddressGuard.objection(to: .v6(bits)) != nil)
            }
        }
    }

    @Test("every purpose is a phrase of its own")
    func phrases() {
        #expect(Set(SpecialPurpose.allCases.map(\.phrase)).count == SpecialPurpose.allCases.count)
    }
}
