import EventLoops
import Foundation

/// The hosts behind the fronts: libwebsockets' raw server role on a thread of its own.
actor LabBackend {
    /// One front's ports: who answers, and who turns everybody away.
    struct Ports: Hashable, Sendable {
        let answering: Int
        let blocking: Int
    }

    private let loop: EventLoop
    private let poller: LabPollerBox
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// - Parameter statuses: the HTTP status for `host/path` where it is not 200.
    init(statuses: [String: Int]) {
        let box = LabPollerBox()
        poller = box
        loop = EventLoop(name: "lab") { _ in
            let poller = LabPoller(statuses: statuses)
            box.poller = poller
            return poller
        }
    }

    /// Opens a host; nil when libwebsockets refuses it.
    func open(_ name: String, certificate: URL?, key: URL?) -> Ports? {
        guard let poller = poller.poller else { return nil }
        let identity = certificate.flatMap { certificate in
            key.map { (certificate.path(percentEncoded: false), $0.path(percentEncoded: false)) }
        }
        guard let answering = poller.listen(named: "\(name) answering", identity: identity, isBlocking: false),
            let blocking = poller.listen(named: "\(name) blocking", identity: identity, isBlocking: true)
        else { return nil }
        return Ports(answering: answering, blocking: blocking)
    }

    func stop() {
        poller.poller = nil
        loop.stop()
    }
}

/// Carries the poller from the loop's start to the actor on that loop; only the loop's thread reads or writes it.
private final class LabPollerBox: @unchecked Sendable {
    weak var poller: LabPoller?
}
