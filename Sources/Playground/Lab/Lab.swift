import Certificates
import FlyingSocks
import Foundation
import Status

/// Simulated services on 127.0.0.1, with real TLS and switches.
actor Lab {
    private struct Place {
        let id: String
        let name: String
        var state = LabState.up
        var fronts: [Front] = []
    }

    private let plan: LabPlan
    private let slowness: Duration
    private let folder: URL
    private var places: [Place] = []
    private var backend: LabBackend?
    private var pooling: Task<Void, any Error>?
    /// The change asked for last.
    private var turning: Task<Bool, Never>?
    private(set) var redirections: [Redirection] = []
    private var authority: URL?

    init(services: [Service], canaries: [Target], slowness: Duration) {
        plan = LabPlan(services: services, canaries: canaries)
        self.slowness = slowness
        folder = FileManager.default.temporaryDirectory.appending(path: "isitdown-lab-\(UUID().uuidString)")
    }

    /// Makes the certificates and opens every door.
    ///
    /// - Returns: the path of the certificate to trust.
    func start() async throws(PlaygroundError) -> String {
        do {
            let keys = try await LabKeys.make(in: folder, for: plan.entries)
            authority = keys.authority
            let backend = LabBackend(statuses: plan.statuses)
            self.backend = backend
            let pool = SocketPool.make(maxEvents: 64)
            try await pool.prepare()
            pooling = Task { try await pool.run() }
            for entry in plan.entries {
                places.append(try await open(entry, keys.identities[entry.id], backend, pool))
            }
            return keys.authority.path(percentEncoded: false)
        } catch {
            await stop()
            throw .lab("\(error)")
        }
    }

    private func open(
        _ entry: LabPlan.Entry, _ identity: CertificateAuthority.Identity?, _ backend: LabBackend, _ pool: any AsyncSocketPool
    ) async throws -> Place {
        var place = Place(id: entry.id, name: entry.name)
        var secure: LabBackend.Ports?
        var clear: LabBackend.Ports?
        if let identity {
            secure = await backend.open(entry.id, certificate: identity.certificate, key: identity.key)
        }
        if entry.doors.contains(where: { !$0.isTLS }) {
            clear = await backend.open("\(entry.id) clear", certificate: nil, key: nil)
        }
        for door in entry.doors {
            guard let ports = door.isTLS ? secure : clear else {
                throw LabKeys.Failure(description: "libwebsockets refuses a listener for \(door.host)")
            }
            let front = try Front(backend: ports, pool: pool, slowness: slowness)
            place.fronts.append(front)
            try await front.set(.up)
            redirections.append(Redirection(host: door.host, port: door.port, toHost: "127.0.0.1", toPort: front.port))
        }
        return place
    }

    /// Closes everything and removes the keys.
    func stop() async {
        _ = await turning?.value
        for place in places {
            for front in place.fronts { await front.stop() }
        }
        places = []
        await backend?.stop()
        backend = nil
        pooling?.cancel()
        pooling = nil
        try? FileManager.default.removeItem(at: folder)
    }

    /// Answers a request below `/lab/services`, or for `/lab/network`.
    func answer(_ request: Request) async -> Response {
        do throws(LabRefusal) {
            switch request.method {
            case "GET" where request.path == "/lab/network": return .json(network)
            case "GET" where request.path == "/lab/services": return .json(wire)
            case "PUT": return try await change(String(request.path.dropFirst("/lab/services/".count)), request)
            default: throw LabRefusal(405, "GET /lab/services, or PUT /lab/services/{id}")
            }
        } catch {
            return error.response
        }
    }

    private func change(_ id: String, _ request: Request) async throws(LabRefusal) -> Response {
        guard let index = places.firstIndex(where: { $0.id == id }) else {
            throw LabRefusal(404, "no such service", members: ["services": .array(places.map { .string($0.id) })])
        }
        guard let text = try LocalGateway.members(of: request)["state"]?.string, let state = LabState(rawValue: text) else {
            throw LabRefusal(400, "“state” must be one of up, slow, down, blocked")
        }
        places[index].state = state
        guard await turn(places[index].fronts, state) else {
            throw LabRefusal(500, "the port of \(id) cannot be opened again")
        }
        return .json(["id": .string(id), "state": .string(state.rawValue)])
    }

    /// Sets fronts to a state, after every change that was asked for earlier; false when one cannot open its port.
    private func turn(_ fronts: [Front], _ state: LabState) async -> Bool {
        let earlier = turning
        let turn = Task {
            _ = await earlier?.value
            var isDone = true
            for front in fronts {
                do {
                    try await front.set(state)
                } catch {
                    isDone = false
                }
            }
            return isDone
        }
        turning = turn
        return await turn.value
    }

    /// What `isitdown check` needs to reach the simulated hosts from another process: the values of two of its settings.
    private var network: JSON {
        let redirections = redirections.map { JSON.string("\($0.host):\($0.port)=\($0.toHost):\($0.toPort)") }
        return [
            "redirections": .array(redirections), "certificate_authority": .string(authority?.path(percentEncoded: false) ?? ""),
        ]
    }

    var wire: JSON {
        .array(
            places.map { place in
                ["id": .string(place.id), "name": .string(place.name), "state": .string(place.state.rawValue)]
            })
    }
}
