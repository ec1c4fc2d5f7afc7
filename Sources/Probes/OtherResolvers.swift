import Glibc
import HTTP
import Status

/// Asks resolvers elsewhere, over HTTPS (RFC 8484), so that a fault of *their* names and one of *our* resolver can be told apart.
struct OtherResolvers: Sendable {
    /// What several resolvers say together.
    enum Finding: Hashable, Sendable {
        /// One of them knows the name; an address that it gave.
        case found(NetworkAddress, by: String)
        case noSuchName
        case nameServersFail
        case unavailable
    }

    /// Addresses of resolvers: `https://1.1.1.1/dns-query`. By number, since what resolves names must not need one.
    let resolvers: [String]
    let http: HTTPClient

    /// For each resolver.
    private static let patience = Duration.seconds(3)

    /// Asks all of them for addresses of both families, side by side.
    func find(_ host: String, port: Int, _ versions: IPVersion, within time: Duration) async -> Finding {
        let kinds: [DNSMessage.Kind] =
            switch versions {
            case .any: [.a, .aaaa]
            case .v4: [.a]
            case .v6: [.aaaa]
            }
        let patience = min(time, Self.patience)
        var said: [Finding] = []
        await withTaskGroup(of: Finding.self) { group in
            for resolver in resolvers {
                for kind in kinds {
                    group.addTask { await ask(resolver, host, port, kind, patience) }
                }
            }
            for await one in group {
                said.append(one)
                // IPv4 is what every place can dial; where it is being asked for, its answer is waited for.
                if case .found(let address, _) = one, address.family == .v4 || kinds == [.aaaa] { group.cancelAll() }
            }
        }
        return said.found(.v4) ?? said.found(.v6)
            // That it is not there needs no majority: a name that exists is found by everybody who can ask.
            ?? (said.contains(.nameServersFail) ? .nameServersFail : said.contains(.noSuchName) ? .noSuchName : .unavailable)
    }

    private func ask(
        _ resolver: String, _ host: String, _ port: Int, _ kind: DNSMessage.Kind, _ patience: Duration
    ) async -> Finding {
        guard let question = DNSMessage.question(host, kind) else { return .unavailable }
        let limits = HTTPLimits(connect: patience, total: patience, body: DNSMessage.longest)
        let headers = [("content-type", "application/dns-message"), ("accept", "application/dns-message")]
        let request = HTTPRequest(.post, resolver, headers: headers, body: question, limits: limits)
        let response: HTTPResponse
        do throws(HTTPError) { response = try await http.perform(request) } catch { return .unavailable }
        guard response.status == 200, let answer = DNSMessage.answer(response.body, to: kind) else { return .unavailable }
        switch answer {
        case .addresses(let all):
            guard let address = all.first.map({ NetworkAddress($0, port: port) }) else { return .noSuchName }
            return .found(address, by: Self.name(of: resolver))
        case .none: return .noSuchName
        case .failed: return .nameServersFail
        }
    }

    /// `1.1.1.1` of `https://1.1.1.1/dns-query`.
    static func name(of resolver: String) -> String {
        String(resolver.split(separator: "/").dropFirst().first ?? resolver[...])
    }
}

extension [OtherResolvers.Finding] {
    fileprivate func found(_ family: NetworkAddress.Family) -> OtherResolvers.Finding? {
        first { if case .found(let address, _) = $0 { address.family == family } else { false } }
    }
}

extension NetworkAddress {
    /// Four bytes or sixteen, written as the system does, since that is what a pin is compared with.
    fileprivate init(_ bytes: [UInt8], port: Int) {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count))
        let host = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        self.init(family: bytes.count == 4 ? .v4 : .v6, host: host, port: port)
    }
}
