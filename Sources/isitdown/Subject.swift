import Bot
import Diagnostics
import Probes
import Status

extension ProbeResult {
    /// A failure that needs no second look: the host answered with another status than hoped for, or is this machine.
    ///
    /// Many hosts have nothing to show at the address that people think of, so a 404 is an answer like any other.
    fileprivate var plainFailure: Verdict.State? {
        switch status {
        case .some(400..<500): .up
        case .some: .degraded
        case nil: target.isOnThisMachine ? .down : nil
        }
    }
}

extension Target {
    fileprivate var isOnThisMachine: Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
}

/// What to look at: a service of the catalogue, or one made up for an address.
struct Subject {
    let service: Service
    /// The web page that the service is made up for, to be looked at behind the guard.
    private(set) var page: AdHocTarget?

    /// What one look is enough for; nil where only confirmation, and a look at our own connection, can tell.
    ///
    /// An address that answers is up, whatever else does not. One on this machine needs no Internet to be down.
    func plainState(from results: [ProbeResult]) -> Verdict.State? {
        guard isAddress, let result = results.first else { return nil }
        return switch result.outcome {
        case .ok, .blocked: .up
        case .slow: .degraded
        case .failed where !result.isEvidence: .unknown
        case .failed: result.plainFailure
        }
    }

    private var isAddress: Bool { service.id.rawValue.contains("://") }

    private init(_ service: Service, page: AdHocTarget? = nil) {
        self.service = service
        self.page = page
    }

    /// What somebody wrote on the command line: a service, a site, or an address.
    static func named(_ text: String, services: [Service], allowPrivate: Bool) throws -> Subject {
        let name = text.lowercased()
        if let known = services.first(where: { $0.id.rawValue == name || $0.name.lowercased() == name }) { return Subject(known) }
        let isAddress = text.contains("://")
        guard isAddress || text.contains(".") else {
            let known = services.map(\.id.rawValue)
            let nearest = nearestName(to: text, among: known).map { " Did you mean “\($0)”?" } ?? ""
            let remedy = "For a site write its name in full, such as example.com."
            complain("“\(text)” is no service of the catalogue.\(nearest) \(remedy)")
            throw ExitStatus.usage
        }
        let isPage = !isAddress || name.hasPrefix("http://") || name.hasPrefix("https://")
        if isPage, !allowPrivate {
            let page = try page(text)
            return Subject(service(for: page.target), page: page)
        }
        do {
            return Subject(service(for: try Target(isAddress ? text : "https://\(text)")))
        } catch {
            complain("\(error).")
            throw ExitStatus.usage
        }
    }

    /// Made up for an address.
    private static func service(for target: Target) -> Service {
        let check = Check(id: "address", anyOf: [target])
        let component = Component(id: "address", name: target.authority, weight: 1, checks: [check])
        return Service(id: ServiceID(target.description), name: target.description, components: [component])
    }

    private static func page(_ text: String) throws -> AdHocTarget {
        do throws(AdHocRefusal) {
            return try AdHocTarget(text)
        } catch {
            let isTarget = (try? Target(text)) != nil
            complain("“\(text)” is not looked at: \(error).\(isTarget ? " Add --allow-private to look all the same." : "")")
            throw ExitStatus.usage
        }
    }
}
