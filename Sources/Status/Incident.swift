/// A time in which a service was not well, from the first confirmed sign to the last.
public struct Incident: Hashable, Sendable, Identifiable {
    /// Names the incident for good: the service and when it began.
    public struct ID: Hashable, Sendable, CustomStringConvertible {
        public var service: ServiceID
        public var opened: Timestamp

        public var description: String { "\(service)@\(opened)" }
    }

    public let id: ID
    /// As of the last change: `degraded`, `partial`, `down` or `maintenance`.
    public internal(set) var state: Verdict.State
    /// The worst that it was.
    public internal(set) var worst: Verdict.State
    public internal(set) var scope: Verdict.Scope
    /// The components that had a part in it, in the order in which they came up.
    public internal(set) var components: [String]
    /// Whether it goes up and down, so that changes are not told until it settles.
    public internal(set) var isUnstable = false
    /// nil while it lasts.
    public internal(set) var closed: Timestamp?

    init(_ verdict: Verdict, of service: ServiceID, at now: Timestamp) {
        id = ID(service: service, opened: now)
        state = verdict.state
        worst = verdict.state
        scope = verdict.scope
        components = verdict.troubledComponents
        isUnstable = verdict.isUnstable
    }
}

/// What became of an incident.
public enum IncidentChange: Hashable, Sendable {
    /// It began; planned work begins as one too.
    case opened(Incident)
    /// It is graver than before.
    case worsened(Incident, from: Verdict.State)
    /// It is less grave than before, and not over.
    case improved(Incident, from: Verdict.State)
    /// The service goes up and down. Nothing more is told until it settles.
    case becameUnstable(Incident)
    /// It is over.
    case closed(Incident)

    /// One word for it, for logs.
    public var word: String {
        switch self {
        case .opened: "opened"
        case .worsened: "worse"
        case .improved: "better"
        case .becameUnstable: "unstable"
        case .closed: "closed"
        }
    }

    public var incident: Incident {
        switch self {
        case .opened(let incident), .worsened(let incident, _), .improved(let incident, _), .becameUnstable(let incident),
            .closed(let incident):
            incident
        }
    }
}

/// Follows one service from incident to incident: well → incident → well, at most one at a time.
///
/// What is not known changes nothing: while we are blind, or nothing is looked at, an incident neither ends nor changes. A service that goes
/// up and down (`Verdict.isUnstable`) has one incident from the first time it went to the time it has settled.
public struct IncidentLine: Hashable, Sendable {
    /// The open one.
    public private(set) var incident: Incident?

    /// All is well, as far as anybody knows.
    public init() {}

    /// Takes the next confirmed verdict.
    public mutating func take(_ verdict: Verdict, of service: ServiceID, at now: Timestamp) -> IncidentChange? {
        guard verdict.state != .unknown else { return nil }
        guard var incident else {
            guard verdict.state != .up else { return nil }
            let opened = Incident(verdict, of: service, at: now)
            incident = opened
            return .opened(opened)
        }
        let before = incident
        incident.scope = verdict.scope
        incident.components += verdict.troubledComponents.filter { !incident.components.contains($0) }
        incident.isUnstable = verdict.isUnstable
        if verdict.state == .up {
            incident.closed = now
            self.incident = nil
            return .closed(incident)
        }
        if incident.worst.gravity < verdict.state.gravity { incident.worst = verdict.state }
        // Between the two ends of the instability `state` stays what people were last told.
        if !verdict.isUnstable { incident.state = verdict.state }
        self.incident = incident
        if verdict.isUnstable { return before.isUnstable ? nil : .becameUnstable(incident) }
        if before.state.gravity < incident.state.gravity { return .worsened(incident, from: before.state) }
        return incident.state.gravity < before.state.gravity ? .improved(incident, from: before.state) : nil
    }
}

extension Verdict {
    /// The components of which something bad is said, the heaviest first.
    fileprivate var troubledComponents: [String] {
        var components: [String] = []
        for reason in because {
            switch reason {
            case .silent(let component, _, _, _), .partlySilent(let component, _), .slow(let component, _),
                .recovering(let component), .unstable(let component, _):
                if !components.contains(component) { components.append(component) }
            default: break
            }
        }
        return components
    }
}

extension Verdict.State {
    /// How grave it is for those who use the service; planned work is known beforehand and least grave.
    public var gravity: Int {
        switch self {
        case .unknown, .up: 0
        case .maintenance: 1
        case .degraded: 2
        case .partial: 3
        case .down: 4
        }
    }
}
