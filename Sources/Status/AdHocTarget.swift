/// A web page that somebody named who may not be trusted: `example.com`, `https://example.com/x`.
///
/// There is no way to make one but through the rules, so whoever holds one may show it and may resolve its host; what it resolves to is
/// for the probe to judge. The host is always ASCII in lower case, or a public address in its usual notation, and the URL that is
/// dialled is put together from the parts that were judged, never passed on: nobody reads it a second time in another way.
public struct AdHocTarget: Hashable, Sendable, CustomStringConvertible {
    /// What is dialled: http on port 80 or https on port 443.
    public let target: Target
    /// Whether no scheme was written and https was taken.
    public let impliesScheme: Bool

    /// Longer texts are refused, in bytes.
    public static let longest = 2_048

    /// Reads what somebody typed: a host, or an http or https URL. A fragment is dropped, as every browser does.
    public init(_ text: String) throws(AdHocRefusal) {
        // Scalars, not characters: a combining mark would hide the slash it stands on.
        guard text.utf8.count <= AdHocTarget.longest else { throw .tooLong }
        let scalars = Array(text.unicodeScalars)
        guard !scalars.contains(where: \.isForbiddenInAddress) else { throw .character }
        let (scheme, rest) = try AdHocTarget.splitScheme(scalars[...])
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        let kind = scheme ?? .https
        let host = try AdHocTarget.host(rest[..<end], port: kind == .https ? 443 : 80)
        target = Target(kind: kind, host: host, port: kind == .https ? 443 : 80, path: AdHocTarget.path(rest[end...]))
        impliesScheme = scheme == nil
    }

    private init(target: Target) {
        self.target = target
        impliesScheme = false
    }

    /// The same page without TLS, where nobody asked for TLS; nil where somebody did.
    public var plain: AdHocTarget? {
        guard impliesScheme else { return nil }
        return AdHocTarget(target: Target(kind: .http, host: target.host, port: 80, path: target.path))
    }

    /// The URL without its port, which is the usual one.
    public var description: String {
        let host = target.host.contains(":") ? "[\(target.host)]" : target.host
        return "\(target.kind.rawValue)://\(host)\(target.path)"
    }

    private typealias Scalars = ArraySlice<Unicode.Scalar>

    /// - Returns: the scheme, nil when none was written, and what comes behind it.
    private static func splitScheme(_ text: Scalars) throws(AdHocRefusal) -> (Target.Kind?, Scalars) {
        guard text.first != "[", let end = text.firstIndex(where: { ":/?#".unicodeScalars.contains($0) }), text[end] == ":" else {
            return (nil, text)
        }
        let behind = text[text.index(after: end)...]
        guard behind.starts(with: ["/", "/"]) else {
            // `example.com:443` is a host with its port; `mailto:me` is not.
            guard text[..<end].contains("."), behind.first.map({ ("0"..."9").contains($0) }) == true else { throw .scheme }
            return (nil, text)
        }
        switch String(String.UnicodeScalarView(text[..<end])).lowercased() {
        case "http": return (.http, behind.dropFirst(2))
        case "https": return (.https, behind.dropFirst(2))
        default: throw .scheme
        }
    }

    /// The host of an authority, which may name the usual port.
    private static func host(_ authority: Scalars, port: Int) throws(AdHocRefusal) -> String {
        guard !authority.contains("@") else { throw .userName }
        guard authority.first == "[" else {
            let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 {
                // More colons are an IPv6 address without its brackets.
                guard !parts[1].contains(":") else { throw .notation }
                try check(port: parts[1], is: port)
            }
            return try HostName.ascii(parts.first ?? [])
        }
        guard let close = authority.firstIndex(of: "]") else { throw .notation }
        let behind = authority[authority.index(after: close)...]
        if let colon = behind.first {
            guard colon == ":" else { throw .notation }
            try check(port: behind.dropFirst(), is: port)
        }
        let inner = String(String.UnicodeScalarView(authority[authority.index(after: authority.startIndex)..<close]))
        guard let address = IPAddress(inner), case .v6 = address else { throw .notation }
        if let purpose = AddressGuard.objection(to: address) { throw .address(purpose) }
        return address.description
    }

    private static func check(port: Scalars, is usual: Int) throws(AdHocRefusal) {
        guard port.elementsEqual("\(usual)".unicodeScalars) else { throw .port }
    }

    /// The path and the query, with its slash; whatever is not plain ASCII in percents, as browsers send it.
    private static func path(_ text: Scalars) -> String {
        let sent = text.prefix { $0 != "#" }
        var path = sent.first == "/" ? "" : "/"
        for scalar in sent {
            if scalar.isASCII, !"\"<>^`{|}".unicodeScalars.contains(scalar) {
                path.unicodeScalars.append(scalar)
            } else {
                for byte in String(scalar).utf8 {
                    let digits = String(byte, radix: 16, uppercase: true)
                    path += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
                }
            }
        }
        return path
    }
}

extension Unicode.Scalar {
    /// Spaces, control characters, what is invisible or turns the direction of writing, and the backslash, which some read as a slash.
    fileprivate var isForbiddenInAddress: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator, .paragraphSeparator: true
        default: self == "\\" || properties.isDefaultIgnorableCodePoint
        }
    }
}
