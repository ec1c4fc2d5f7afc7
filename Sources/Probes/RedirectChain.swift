import HTTP
import Status

/// A walk from redirect to redirect, each stop judged before it is dialled.
struct RedirectChain {
    /// As many redirects are followed.
    static let longest = 5

    /// Where the walk stands.
    private(set) var stop: AdHocTarget
    private var followed = 0
    /// What all of it took so far.
    private var spent = HTTPPhases()

    /// What an answer means for the walk. Responses have the phases of the whole walk.
    enum Step {
        /// It goes on, from another stop.
        case followed
        /// It is over, with this answer.
        case arrived(HTTPResponse)
        /// It is over, and this answer leads still further.
        case lost(HTTPResponse)
    }

    init(from start: AdHocTarget) {
        stop = start
    }

    /// Judges the addresses of the stop. All must be public; those to which the operator's settings redirect are the operator's choice.
    mutating func resolved(_ resolution: Resolution) throws(AdHocRefusal) {
        spent.add(HTTPPhases(dns: resolution.duration, total: resolution.duration))
        guard !resolution.isRedirected else { return }
        for address in resolution.addresses {
            guard let purpose = AddressGuard.objection(toNumber: address.host) else { continue }
            throw followed == 0 ? .leadsTo(purpose) : .redirected(.leadsTo(purpose))
        }
    }

    mutating func answered(_ response: HTTPResponse) throws(AdHocRefusal) -> Step {
        spent.add(response.phases)
        var summed = response
        summed.phases = spent
        guard [301, 302, 303, 307, 308].contains(response.status), let location = response.headers["location"] else {
            return .arrived(summed)
        }
        guard followed < RedirectChain.longest else { return .lost(summed) }
        stop = try stop.following(location)
        followed += 1
        return .followed
    }

    /// A failure with the phases of the whole walk.
    func summed(_ error: HTTPError) -> HTTPError {
        var summed = error
        summed.phases = spent
        summed.phases.add(error.phases)
        return summed
    }
}

extension HTTPPhases {
    fileprivate mutating func add(_ other: HTTPPhases) {
        func sum(_ one: Duration?, _ another: Duration?) -> Duration? {
            one.map { $0 + (another ?? .zero) } ?? another
        }
        dns = sum(dns, other.dns)
        connect = sum(connect, other.connect)
        tls = sum(tls, other.tls)
        firstByte = sum(firstByte, other.firstByte)
        total += other.total
    }
}
