/// Why an address is none of the public Internet.
public enum SpecialPurpose: String, Hashable, Sendable, CaseIterable {
    /// Of this machine.
    case loopback
    /// Of somebody's own network: RFC 1918, unique local (RFC 4193) and the site-local addresses of old (RFC 3879).
    case privateUse
    /// Of a provider's translation, not of the Internet (RFC 6598).
    case carrier
    /// Of one cable or radio.
    case linkLocal
    /// Where clouds tell a machine its own secrets.
    case metadata
    /// “Any” or “this network”; many systems take it for this machine.
    case unspecified
    /// Set aside for protocols.
    case protocols
    case documentation
    case benchmarking
    case multicast
    case broadcast
    /// Leads through 6to4, Teredo, IPv4-compatible or locally translated addresses to who knows where.
    case transition
    /// Not given to anybody.
    case reserved
    /// Not an address that can be read.
    case unreadable

    /// What such an address is, a noun phrase to come after “is” or “leads to”.
    public var phrase: String {
        switch self {
        case .loopback: "an address of this machine itself"
        case .privateUse: "an address of a private network"
        case .carrier: "an address inside a provider's network"
        case .linkLocal: "an address of the local link"
        case .metadata: "an address where clouds keep secrets"
        case .unspecified: "an address that means “this network”"
        case .protocols: "an address set aside for protocols"
        case .documentation: "an address for documentation"
        case .benchmarking: "an address for benchmarks"
        case .multicast: "a multicast address"
        case .broadcast: "the broadcast address"
        case .transition: "an address of an IPv6 transition mechanism"
        case .reserved: "an address that is given to nobody"
        case .unreadable: "no readable address"
        }
    }
}
