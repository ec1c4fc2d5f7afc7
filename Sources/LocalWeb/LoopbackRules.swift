/// Who may talk to a server of this machine: programs and pages of this machine, and no web page from elsewhere.
///
/// The Host rule defeats names that are rebound to 127.0.0.1; the Origin rule defeats forms and sockets of other pages.
public enum LoopbackRules {
    /// Whether a Host header, `name[:port]`, names this machine.
    public static func isLoopback(_ authority: some StringProtocol) -> Bool {
        let name = host(of: authority)
        return name == "127.0.0.1" || name == "localhost" || name == "[::1]"
    }

    /// Whether a Host header may ask the server at `address`: where others may reach it, by a numeric address too, as monitoring does.
    /// A page that had its name rebound always asks by that name.
    public static func mayAsk(host: some StringProtocol, at address: ListenAddress) -> Bool {
        if isLoopback(host) { return true }
        guard !address.isLoopback, let name = self.host(of: host) else { return false }
        return ListenAddress.isIPv4(name) || (name.hasPrefix("[") && ListenAddress.isIPv6(String(name.dropFirst().dropLast())))
    }

    /// The host of `name[:port]`; nil when the port is none.
    public static func host(of authority: some StringProtocol) -> String? {
        let text = authority.lowercased()
        guard let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") else { return text }
        let port = text[text.index(after: colon)...]
        guard (1...5).contains(port.utf8.count), port.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return String(text[..<colon])
    }

    /// Whether a request that changes something may come from `origin`, nil for programs that send none.
    public static func mayChange(origin: String?, host: String, fetchSite: String?) -> Bool {
        if let fetchSite, fetchSite != "same-origin", fetchSite != "none" { return false }
        guard let origin else { return true }
        return origin.lowercased() == "http://\(host.lowercased())"
    }

    /// Whether a gateway socket may come from `origin`: websocket libraries make one up, and the token guards the rest.
    public static func mayConnect(origin: String?) -> Bool {
        guard let origin else { return true }
        let authority = origin.firstRange(of: "://").map { origin[$0.upperBound...] } ?? Substring(origin)
        return isLoopback(authority)
    }
}
