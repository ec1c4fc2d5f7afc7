/// Why we do not look at what somebody named. Nothing of what they wrote is in it, so it may be shown.
public enum AdHocRefusal: Error, Hashable, Sendable {
    /// There is no host in it.
    case noHost
    case tooLong
    /// A control or invisible character, a space, a backslash, or one that has no place in a host.
    case character
    /// Neither http nor https, or a scheme without its two slashes.
    case scheme
    /// A name or a password before the host.
    case userName
    /// Another port than 80 for http and 443 for https, however it is written.
    case port
    /// No name as the Internet has them: an empty part, one that is too long, begins or ends with a hyphen, or an ending of digits.
    case name
    /// A name without a dot belongs to a local network.
    case singleLabel
    /// It ends in a dot, which some readers drop and others do not.
    case trailingDot
    /// It ends in `local`, `internal`, `test` or the like; the ending is one of ours.
    case reservedName(String)
    /// An address in another notation than four decimal numbers, or eight hexadecimal groups in brackets.
    case notation
    /// Letters of several scripts in one part of the name.
    case mixedScripts
    /// Letters of a script that we do not know, or that are read in more than one way.
    case letters
    /// The address is not public.
    case address(SpecialPurpose)
    /// The name has an address that is not public.
    case leadsTo(SpecialPurpose)
    /// The server sends its visitors on to what is refused.
    indirect case redirected(AdHocRefusal)

    /// Whether it is the place that is refused, and no other spelling would help.
    public var isAboutPlace: Bool {
        switch self {
        case .singleLabel, .reservedName, .address, .leadsTo, .redirected: true
        default: false
        }
    }
}

extension AdHocRefusal: CustomStringConvertible {
    /// One clause without full stop, for operators.
    public var description: String {
        switch self {
        case .noHost: "no host is named"
        case .tooLong: "it is too long"
        case .character: "it has a character that no web address has in that place"
        case .scheme: "only http:// and https:// are looked at"
        case .userName: "a user name before the host is not allowed"
        case .port: "only the usual ports are looked at, 80 for http and 443 for https"
        case .name: "its host is no name of the Internet"
        case .singleLabel: "a name without a dot belongs to a local network"
        case .trailingDot: "the name ends in a dot"
        case .reservedName(let ending): "names that end in .\(ending) are not of the public Internet"
        case .notation: "an address is written as four decimal numbers, or in brackets as an IPv6 address"
        case .mixedScripts: "a part of the name mixes scripts"
        case .letters: "the name has letters that can be read in several ways; its xn-- form cannot"
        case .address(let purpose): "it is \(purpose.phrase)"
        case .leadsTo(let purpose): "the name leads to \(purpose.phrase)"
        case .redirected(let reason): "it redirects to what is not looked at: \(reason)"
        }
    }
}
