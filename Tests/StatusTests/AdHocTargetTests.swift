import Status
import Testing

@Suite("Web addresses that strangers name")
struct AdHocTargetTests {
    @Test(
        "what people type becomes one URL",
        arguments: [
            ("example.com", "https://example.com/"), ("EXAMPLE.Com", "https://example.com/"),
            ("example.com/x", "https://example.com/x"),
            ("example.com:443", "https://example.com/"), ("https://example.com", "https://example.com/"),
            ("HTTPS://Example.COM:443/A?b=C#d", "https://example.com/A?b=C"),
            ("http://example.com:80?q", "http://example.com/?q"),
            ("http://example.com#top", "http://example.com/"),
            ("www.example.co.uk/a//b/../c", "https://www.example.co.uk/a//b/../c"),
            ("example.com/login?next=http://10.0.0.1/@x:y", "https://example.com/login?next=http://10.0.0.1/@x:y"),
            ("https://de.example.org/wiki/Köln?ü={1}", "https://de.example.org/wiki/K%C3%B6ln?%C3%BC=%7B1%7D"),
            ("r3---sn-4g5e6nzs.example.com", "https://r3---sn-4g5e6nzs.example.com/"),
            ("1password.com", "https://1password.com/"),
            ("4.example.com", "https://4.example.com/"), ("0x.org", "https://0x.org/"),
            ("127.0.0.1.nip.io", "https://127.0.0.1.nip.io/"),
            ("1.1.1.1", "https://1.1.1.1/"), ("http://8.8.8.8:80/x", "http://8.8.8.8/x"),
            ("https://[2606:4700:4700::1111]/", "https://[2606:4700:4700::1111]/"),
            ("[2606:4700:4700:0:0:0:0:1111]:443", "https://[2606:4700:4700::1111]/"),
            ("https://[::ffff:8.8.8.8]/", "https://[::ffff:808:808]/"),
            // The encodings of RFC 3492, 7.1 and of names in use.
            ("bücher.example.com", "https://xn--bcher-kva.example.com/"), ("MÜNCHEN.de", "https://xn--mnchen-3ya.de/"),
            ("ёлка.рф", "https://xn--80atc1g.xn--p1ai/"), ("παράδειγμα.ευ", "https://xn--hxajbheg2az3al.xn--qxa6a/"),
            ("例子.中国", "https://xn--fsqu00a.xn--fiqs8s/"), ("ひとつ屋根.jp", "https://xn--k9jh3a7391bkqm.jp/"),
            ("한국.kr", "https://xn--3e0b707e.kr/"),
            ("xn--bcher-kva.example.com", "https://xn--bcher-kva.example.com/"),
            // A look-alike in one script is asked for, and shown, as what it is.
            ("сара.com", "https://xn--80aa1cc.com/"),
        ]
    )
    func accepted(text: String, url: String) throws {
        let target = try AdHocTarget(text)
        #expect(target.description == url)
        #expect(target.impliesScheme == !text.lowercased().hasPrefix("http"))
        // The whole of what is dialled reads back as itself.
        #expect(try Target(target.target.description) == target.target)
        #expect(try AdHocTarget(url).target == target.target)
    }

    @Test(
        "what is no public page is refused, and says why",
        arguments: [
            // This machine and networks, in all notations.
            ("127.0.0.1", .address(.loopback)), ("http://127.0.0.1/", .address(.loopback)),
            ("http://127.0.0.1:80", .address(.loopback)),
            ("https://10.0.0.1/admin", .address(.privateUse)), ("http://169.254.169.254/latest/meta-data/", .address(.metadata)),
            ("http://100.100.100.200/", .address(.metadata)), ("http://0.0.0.0/", .address(.unspecified)),
            ("http://255.255.255.255/", .address(.broadcast)), ("http://0/", .notation), ("http://127.1/", .notation),
            ("http://127.0.1/", .notation), ("http://2130706433/", .notation), ("http://017700000001/", .notation),
            ("http://0x7f000001/", .notation), ("http://0x7f.1/", .notation), ("http://0X7F.0.0.1/", .notation),
            ("http://0177.0.0.1/", .notation), ("http://127.0.0.01/", .notation), ("http://0x7f.0.0.0x1/", .notation),
            ("http://127.0.0.1.", .notation), ("http://127.0.0.1./", .notation), ("http://8.8.8.8./", .notation),
            ("http://425.510.425.510/", .notation), ("http://4294967297/", .notation), ("http://1.2.3.4.5/", .notation),
            ("http://example.123/", .notation), ("http://foo.0x4/", .notation), ("http://0x/", .notation),
            ("http://[::1]/", .address(.loopback)), ("http://[::]/", .address(.unspecified)),
            ("http://[0:0:0:0:0:0:0:1]", .address(.loopback)),
            ("http://[::ffff:127.0.0.1]/", .address(.loopback)), ("http://[::ffff:7f00:1]/", .address(.loopback)),
            ("http://[::ffff:a9fe:a9fe]/", .address(.metadata)), ("http://[0:0:0:0:0:ffff:a9fe:a9fe]/", .address(.metadata)),
            ("http://[::127.0.0.1]/", .address(.loopback)), ("http://[64:ff9b::7f00:1]/", .address(.loopback)),
            ("http://[64:ff9b:1::1]/", .address(.transition)), ("http://[2002:7f00:1::]/", .address(.loopback)),
            ("http://[fd00:ec2::254]/", .address(.metadata)), ("http://[fe80::1]/", .address(.linkLocal)),
            ("http://[fec0::1]/", .address(.privateUse)), ("http://[fc00::1]/", .address(.privateUse)),
            ("http://[2001:db8::1]/", .address(.documentation)), ("http://[ff02::1]/", .address(.multicast)),
            ("http://[fe80::1%eth0]/", .notation), ("http://[fe80::1%25eth0]/", .notation), ("http://[::1", .notation),
            ("http://[::1]x/", .notation), ("http://[::1]:80:80/", .port), ("http://[127.0.0.1]/", .notation),
            ("http://[]/", .notation),
            ("http://[v1.fe80]/", .notation), ("http://[localhost]/", .notation), ("http://::1/", .notation), ("::1", .scheme),
            ("http://2606:4700::1/", .notation), ("http://[[::1]]/", .notation), ("http://x[::1]/", .notation),
            ("①②⑦.⓪.⓪.①", .letters), ("１２７.０.０.１", .letters), ("١٢٧.0.0.1", .letters), ("http://127。0。0。1/", .letters),
            ("http://127．0．0．1/", .letters), ("http://127｡0｡0｡1/", .letters), ("ⓔⓧⓐⓜⓟⓛⓔ.ⓒⓞⓜ", .letters), ("ｌｏｃａｌｈｏｓｔ", .letters),
            // Names of networks.
            ("localhost", .reservedName("localhost")), ("http://LOCALHOST/", .reservedName("localhost")),
            ("foo.localhost", .reservedName("localhost")), ("printer.local", .reservedName("local")),
            ("metadata.google.internal", .reservedName("internal")), ("host.docker.internal", .reservedName("internal")),
            ("kubernetes.default.svc.cluster.local", .reservedName("local")), ("1.0.0.127.in-addr.arpa", .reservedName("arpa")),
            ("home.arpa", .reservedName("arpa")), ("abc.onion", .reservedName("onion")), ("a.test", .reservedName("test")),
            ("a.example", .reservedName("example")), ("a.invalid", .reservedName("invalid")), ("a.alt", .reservedName("alt")),
            ("a.lan", .reservedName("lan")), ("a.corp", .reservedName("corp")), ("a.home", .reservedName("home")),
            ("x.localdomain", .reservedName("localdomain")), ("intranet", .reservedName("intranet")),
            ("instance-data", .singleLabel),
            ("http://db/", .singleLabel), ("com", .singleLabel), ("http://redis:80/", .singleLabel),
            ("example.com.", .trailingDot), ("localhost.", .trailingDot), ("metadata.google.internal.", .trailingDot),
            // Schemes.
            ("ftp://example.com/", .scheme), ("file:///etc/passwd", .scheme), ("gopher://example.com:70/_x", .scheme),
            ("dict://example.com:11211/", .scheme), ("javascript:alert(1)", .scheme), ("data:text/html,x", .scheme),
            ("mailto:me@example.com", .scheme), ("ws://example.com/", .scheme), ("tcp://example.com:80", .scheme),
            ("http:/example.com", .scheme), ("http:example.com", .scheme), ("https:127.0.0.1", .scheme), ("https:", .scheme),
            ("://example.com", .scheme), ("url:http://example.com", .scheme), ("jar:http://example.com!/", .scheme),
            ("netdoc:///etc/passwd", .scheme), ("ldap://example.com", .scheme), ("http+unix://example.com/", .scheme),
            ("h\u{301}ttp://example.com", .scheme), ("ｈttp://example.com", .scheme), ("HTTPſ://example.com", .scheme),
            ("//example.com/", .noHost), ("http:///example.com", .noHost), ("http://", .noHost), ("https://?x", .noHost),
            ("", .noHost),
            ("/etc/passwd", .noHost), ("?", .noHost), ("#", .noHost), ("http://:80/", .noHost),
            ("http://#@example.com/", .noHost),
            // Ports.
            ("http://example.com:8080/", .port), ("https://example.com:80/", .port), ("http://example.com:443/", .port),
            ("example.com:22", .port), ("example.com:80", .port), ("http://example.com:/", .port),
            ("http://example.com:080/", .port),
            ("http://example.com:+80/", .port), ("http://example.com:0x50/", .port), ("http://example.com:65616/", .port),
            ("http://example.com:-1/", .port), ("http://example.com:８０/", .port), ("http://example.com:80:80/", .notation),
            ("http://example.com:80a/", .port), ("http://8.8.8.8:22/", .port),
            // User names, and hosts that hide behind them.
            ("http://user@example.com/", .userName), ("http://user:pass@example.com/", .userName),
            ("http://@example.com/", .userName),
            ("http://example.com@127.0.0.1/", .userName), ("http://127.0.0.1@example.com/", .userName),
            ("http://example.com:80@127.0.0.1/", .userName), ("http://127.0.0.1:80@example.com:80/", .userName),
            ("http://a@b@example.com/", .userName), ("http://example.com;@127.0.0.1/", .userName),
            ("http://example.com&@127.0.0.1/", .userName), ("http://[::1]@example.com/", .userName),
            ("me@example.com", .userName),
            // Characters that one reader sees and another does not.
            ("http://example.com\\@127.0.0.1/", .character), ("http://127.0.0.1\\example.com/", .character),
            ("http:\\\\127.0.0.1/", .character), ("http:/\\127.0.0.1/", .character), ("https://example.com/\\..\\x", .character),
            ("http://example.com\t/", .character), ("ht\ntp://example.com", .character), ("http://exam\r\nple.com/", .character),
            ("http://example.com/\r\nHost: x", .character), ("http://127.0.0.1\u{0}.example.com/", .character),
            ("http://example.com /", .character), (" http://example.com", .character), ("http://example.com/a b", .character),
            ("http://example\u{AD}.com/", .character), ("http://exa\u{200B}mple.com/", .character),
            ("exa\u{200D}mple.com", .character),
            ("\u{202E}moc.elpmaxe", .character), ("http://\u{FEFF}example.com", .character),
            ("http://example.com\u{A0}/", .character),
            ("http://example.com\u{3000}/", .character), ("http://example.com\u{2028}/", .character),
            ("exam\u{E0061}ple.com", .character),
            ("http://example.com\u{85}/", .character), ("http://example.com\u{7F}/", .character),
            ("exam\u{3164}ple.com", .character),
            ("http://%31%32%37.0.0.1/", .character), ("http://example%2ecom/", .character),
            ("http://127.0.0.1%2f.example.com/", .character),
            ("http://127.0.0.1%00.example.com/", .character), ("http://ex%61mple.com/", .character),
            ("http://%6c%6f/", .character),
            ("http://exa$mple.com/", .character), ("http://exa_mple.com/", .character), ("http://a,b.com/", .character),
            ("http://example.com;127.0.0.1/", .character), ("http://example.com&127.0.0.1/", .character),
            ("http://*.example.com/", .character),
            ("http://exam!ple.com/", .character), ("http://(example.com)/", .character), ("http://{x}.com/", .character),
            ("http://example.com|127.0.0.1/", .character), ("http://exa'mple.com", .character),
            ("http://exa\"mple.com", .character),
            ("http://<b>.com", .character), ("http://exa+mple.com", .character), ("http://exa=mple.com", .character),
            // Names that are none.
            ("http://.example.com/", .name), ("http://example..com/", .name), ("http://./", .name), ("http://../", .name),
            ("http://-example.com/", .name), ("http://example-.com/", .name), ("http://example.-com/", .name),
            ("example.c", .name),
            ("example.c0m", .name), ("example.7com", .name), ("a.b-c", .name),
            // Look-alikes, and letters that are read in several ways.
            ("аpple.com", .mixedScripts), ("аррӏе.com", .letters), ("鿿.com", .letters), ("paypаl.com", .mixedScripts),
            ("gοοgle.com", .mixedScripts),
            ("exaмple.com", .mixedScripts),
            ("日本aa.jp", .mixedScripts), ("한日.kr", .mixedScripts), ("straße.de", .letters), ("φίλος.gr", .letters),
            ("\u{212A}ik.com", .letters), ("exa\u{308}mple.com", .letters), ("İstanbul.com", .letters), ("ﬁ.com", .letters),
            ("ǆ.com", .letters), ("ſ.com", .letters), ("example․com", .letters), ("example.com⁄x", .letters),
            ("example.com∕@x", .userName),
            ("example.com／x", .letters), ("example.com：80", .letters), ("example.com＃x", .letters), ("example.com？x", .letters),
            ("℀.com", .letters), ("a℅b.com", .letters), ("❤.com", .letters), ("💩.la", .letters), ("שלום.com", .letters),
            ("مثال.com", .letters), ("ไทย.com", .letters), ("xn--ü.com", .letters), ("aa--ü.com", .letters), ("×.com", .letters),
        ] as [(String, AdHocRefusal)]
    )
    func refused(text: String, refusal: AdHocRefusal) {
        #expect(throws: refusal) { try AdHocTarget(text) }
    }

    @Test("lengths: a label to 63, a name to 253, a text to 2048")
    func lengths() throws {
        let label = String(repeating: "a", count: 63)
        #expect(try AdHocTarget("\(label).com").target.host.utf8.count == 67)
        #expect(throws: AdHocRefusal.name) { try AdHocTarget("a\(label).com") }
        #expect(throws: AdHocRefusal.name) { try AdHocTarget("\(String(repeating: "ü", count: 63)).com") }
        let long = "\(label).\(label).\(label).\(String(repeating: "a", count: 57))"
        #expect(try AdHocTarget("\(long).com").target.host.utf8.count == 253)
        #expect(throws: AdHocRefusal.name) { try AdHocTarget("a.\(long).com") }
        let path = String(repeating: "x", count: AdHocTarget.longest - "example.com/".utf8.count)
        #expect(try AdHocTarget("example.com/\(path)").target.path.utf8.count == path.utf8.count + 1)
        #expect(throws: AdHocRefusal.tooLong) { try AdHocTarget("example.com/\(path)x") }
    }

    @Test("without TLS only where nobody wrote a scheme")
    func plain() throws {
        #expect(try AdHocTarget("example.com/x").plain?.description == "http://example.com/x")
        #expect(try AdHocTarget("example.com/x").plain?.target.port == 80)
        #expect(try AdHocTarget("https://example.com/x").plain == nil)
        #expect(try AdHocTarget("http://example.com/x").plain == nil)
    }

    @Test(
        "a redirect is followed where anybody could have gone",
        arguments: [
            ("https://other.org/y", "https://other.org/y"), ("//other.org", "https://other.org/"),
            ("/y?z", "https://example.com/y?z"),
            ("y", "https://example.com/a/y"), ("?z", "https://example.com/a/b?z"), ("#top", "https://example.com/a/b?c=/d"),
            ("", "https://example.com/a/b?c=/d"), ("http://example.com/", "http://example.com/"),
            ("./y", "https://example.com/a/./y"),
            ("y?u=http://10.0.0.1/", "https://example.com/a/y?u=http://10.0.0.1/"),
            (".evil.org", "https://example.com/a/.evil.org"),
        ]
    )
    func redirects(location: String, url: String) throws {
        let next = try AdHocTarget("https://example.com/a/b?c=/d").following(location)
        #expect(next.description == url)
        #expect(!next.impliesScheme)
    }

    @Test(
        "a redirect is refused where nobody could have gone",
        arguments: [
            ("http://127.0.0.1/", .address(.loopback)), ("//169.254.169.254/latest", .address(.metadata)),
            ("//0x7f.1/", .notation),
            ("https://[::1]/", .address(.loopback)), ("http://localhost/", .reservedName("localhost")), ("///evil.org", .noHost),
            ("file:///etc/passwd", .scheme), ("gopher://x.com/", .scheme), ("other.org:443/x", .scheme),
            ("https:other.org", .scheme),
            ("javascript:alert(1)", .scheme), ("//user@other.org", .userName), ("https://other.org:8443/", .port),
            ("/\\127.0.0.1", .character), ("\\\\127.0.0.1", .character), ("/a b", .character),
            ("\thttps://other.org", .character),
            ("//a.local", .reservedName("local")), ("/" + String(repeating: "x", count: 2_048), .tooLong),
        ] as [(String, AdHocRefusal)]
    )
    func refusedRedirects(location: String, refusal: AdHocRefusal) throws {
        let start = try AdHocTarget("https://example.com/a/b")
        #expect(throws: AdHocRefusal.redirected(refusal)) { try start.following(location) }
    }

    @Test(
        "a message names what is between its marks",
        arguments: [
            ("is example.com down?", "https://example.com/"), ("is example.com.", "https://example.com/"),
            ("<https://example.com/x>", "https://example.com/x"), ("“example.com”?!", "https://example.com/"),
            ("(see http://example.com/a(b), please)", "http://example.com/a(b"),
            ("e\u{301}... example.com", "https://example.com/"),
        ]
    )
    func mentions(message: String, url: String) throws {
        #expect(try AdHocTarget.mentioned(in: message)?.get().description == url)
    }

    @Test("a message without an address names none, and one with a wrong one says so")
    func noMention() {
        for message in ["", "is it down?", "?!", "... . /", "localhost"] { #expect(AdHocTarget.mentioned(in: message) == nil) }
        #expect(AdHocTarget.mentioned(in: "is 127.0.0.1 down?") == .failure(.address(.loopback)))
        #expect(AdHocTarget.mentioned(in: "is http://localhost down?") == .failure(.reservedName("localhost")))
    }

    @Test("a refusal has a clause of its own and nothing of the text")
    func clauses() throws {
        let refusals: [AdHocRefusal] = [
            .noHost, .tooLong, .character, .scheme, .userName, .port, .name, .singleLabel, .trailingDot, .reservedName("local"),
            .notation,
            .mixedScripts, .letters, .address(.loopback), .leadsTo(.loopback), .redirected(.leadsTo(.loopback)),
        ]
        #expect(Set(refusals.map(\.description)).count == refusals.count)
        #expect(refusals.allSatisfy { !$0.description.hasSuffix(".") })
        #expect(
            "\(AdHocRefusal.redirected(.leadsTo(.privateUse)))"
                == "it redirects to what is not looked at: the name leads to an address of a private network")
    }
}
