public import Timing

extension StatusBoard {
    /// One component of a service, for tables.
    public struct ComponentStatus: Hashable, Sendable {
        public var component: Component
        public var condition: ComponentCondition
        /// By the check's id: its recent results, none for a check that was not looked at.
        public var checks: [String: CheckEvidence]
    }

    /// What is known of each component of a service, in the catalogue's order, those that count for nothing included.
    ///
    /// Every condition is `unknown` unless we are online; the results are those from before.
    public func components(of service: ServiceID, at now: Instant) -> [ComponentStatus] {
        var connectivity = connectivity
        connectivity.advance(to: now)
        guard let known = evidence[service] else { return [] }
        let components = (known.probes[settings.vantage] ?? ProbeEvidence(known.service.components)).components
        return components.map { evidence in
            ComponentStatus(
                component: evidence.component,
                condition: connectivity.state == .online ? fusion.condition(of: evidence, at: now) : .unknown,
                checks: evidence.checks
            )
        }
    }
}
