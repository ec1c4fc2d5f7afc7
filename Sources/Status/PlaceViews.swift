/// What one of our places sees of a service.
struct PlaceView {
    let findings: [Finding]
    let state: Verdict.State
    /// Whether everything that was asked from here failed just now, three probes at least or the only one twice: one is lost any time.
    let isFailing: Bool

    init(_ findings: [Finding]) {
        self.findings = findings
        state = findings.state
        let checks = findings.flatMap(\.checks)
        isFailing = checks.allSatisfy(\.isFailing) && checks.reduce(0) { $0 + $1.failuresInARow } >= min(3, checks.count + 1)
    }
}

/// What all of our places see.
struct PlaceViews {
    let all: [PlaceView]
    /// Those that see anything.
    let known: [PlaceView]
    let failing: Int

    /// A service is down from this share of places on. Below it, some of the ways to it are, or some of its own places.
    static let quorum = 0.8

    init(_ all: [PlaceView]) {
        self.all = all
        known = all.filter { $0.state != .unknown }
        failing = known.count { $0.state == .down }
    }

    /// Whether it is down from some places and answers others.
    var disagree: Bool { failing > 0 && state != .down }

    var isFailing: Bool {
        let seeing = all.filter { !$0.findings.flatMap(\.checks).isEmpty }
        return !seeing.isEmpty && seeing.allSatisfy(\.isFailing)
    }

    var state: Verdict.State {
        guard !known.isEmpty else { return .unknown }
        if Double(failing) > Double(known.count) * Self.quorum { return .down }
        if failing > 0 { return .partial }
        // What half of the places see is so.
        return [.partial, .degraded].first { state in known.count { $0.state.gravity >= state.gravity } * 2 >= known.count }
            ?? .up
    }

    /// The place whose findings explain the state.
    var telling: PlaceView {
        let state = state
        let candidates = known.isEmpty ? all : known
        return candidates.first { $0.state == state } ?? candidates.max { $0.state.gravity < $1.state.gravity } ?? PlaceView([])
    }
}
