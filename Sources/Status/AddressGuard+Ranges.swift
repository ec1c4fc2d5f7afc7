extension AddressGuard {
    /// The first range that fits counts.
    ///
    /// From the IANA IPv4 Special-Purpose Address Registry (RFC 6890, RFC 8190), whose blocks are all here, those that are reachable
    /// too but for AS112 and AMT (192.31.196.0/24, 192.52.193.0/24, 192.175.48.0/24), which are public services.
    static let rangesV4: [AddressRange] = [
        // Amazon, Google, Azure and most others; Amazon's for containers; Azure's host, a public address by its number; Alibaba; Oracle.
        AddressRange("169.254.169.254/32", .metadata), AddressRange("169.254.170.2/32", .metadata),
        AddressRange("168.63.129.16/32", .metadata), AddressRange("100.100.100.200/32", .metadata),
        AddressRange("192.0.0.192/32", .metadata),
        AddressRange("0.0.0.0/8", .unspecified),
        AddressRange("10.0.0.0/8", .privateUse),
        AddressRange("100.64.0.0/10", .carrier),
        AddressRange("127.0.0.0/8", .loopback),
        AddressRange("169.254.0.0/16", .linkLocal),
        AddressRange("172.16.0.0/12", .privateUse),
        AddressRange("192.0.0.0/24", .protocols),
        AddressRange("192.0.2.0/24", .documentation),
        // Relays of 6to4, withdrawn by RFC 7526.
        AddressRange("192.88.99.0/24", .transition),
        AddressRange("192.168.0.0/16", .privateUse),
        AddressRange("198.18.0.0/15", .benchmarking),
        AddressRange("198.51.100.0/24", .documentation),
        AddressRange("203.0.113.0/24", .documentation),
        AddressRange("224.0.0.0/4", .multicast),
        AddressRange("255.255.255.255/32", .broadcast),
        AddressRange("240.0.0.0/4", .reserved),
    ]

    /// The first range that fits counts.
    ///
    /// From the IANA IPv6 Special-Purpose Address Registry (RFC 6890, RFC 8190). 2001::/23 is refused as a whole, though a few of its
    /// protocols' blocks are reachable: no web page lives there.
    static let rangesV6: [AddressRange] = [
        // Amazon's and Google's.
        AddressRange("fd00:ec2::254/128", .metadata), AddressRange("fd20:ce::254/128", .metadata),
        AddressRange("::/128", .unspecified),
        AddressRange("::1/128", .loopback),
        // IPv4-compatible (RFC 4291, 2.5.5.1) and IPv4-translated (RFC 2765), both withdrawn.
        AddressRange("::/96", .transition), AddressRange("::ffff:0:0:0/96", .transition),
        // Translation whose layout and reach are a network's own affair (RFC 8215).
        AddressRange("64:ff9b:1::/48", .transition),
        AddressRange("100::/64", .reserved), AddressRange("100:0:0:1::/64", .reserved),
        AddressRange("2001::/32", .transition),
        AddressRange("2001:2::/48", .benchmarking),
        AddressRange("2001::/23", .protocols),
        AddressRange("2001:db8::/32", .documentation), AddressRange("3fff::/20", .documentation),
        AddressRange("2002::/16", .transition),
        AddressRange("5f00::/16", .protocols),
        AddressRange("fc00::/7", .privateUse),
        AddressRange("fe80::/10", .linkLocal),
        AddressRange("fec0::/10", .privateUse),
        AddressRange("ff00::/8", .multicast),
    ]

    /// All that is given out as global unicast (IANA IPv6 Global Unicast Address Assignments).
    static let globalUnicast = AddressRange("2000::/3", .reserved)

    static let mapped = AddressRange("::ffff:0:0/96", .transition)
    /// The well-known prefix (RFC 6052), through which a network without IPv4 reaches every IPv4 address.
    static let translated = AddressRange("64:ff9b::/96", .transition)
    static let compatible = AddressRange("::/96", .transition)
    static let translatedOfOld = AddressRange("::ffff:0:0:0/96", .transition)
    static let sixToFour = AddressRange("2002::/16", .transition)
    static let teredo = AddressRange("2001::/32", .transition)
}
