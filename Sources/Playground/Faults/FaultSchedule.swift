import Timing

/// The faults that are still to come.
///
/// Each request makes a track of its own: steps one after another, of which only the first is waited for. A step strikes when its time
/// has come; one with an occasion is then armed, and is done once it has met that occasion as often as it should.
struct FaultSchedule: Sendable {
    static let bound = 1_000

    private struct Track: Sendable {
        var steps: ArraySlice<FaultOrder>
        var due: Instant
        var isArmed = false

        /// The step that can meet an occasion now.
        var armed: FaultOrder? { isArmed ? steps.first : nil }

        mutating func finishStep(at now: Instant) {
            steps.removeFirst()
            isArmed = false
            if let next = steps.first { due = now.advanced(by: next.after) }
        }
    }

    private var tracks: [Track] = []

    var count: Int { tracks.reduce(0) { $0 + $1.steps.count } }

    /// When the next step strikes or is armed.
    var deadline: Instant? { tracks.lazy.filter { !$0.isArmed }.map(\.due).min() }

    mutating func add(_ steps: [FaultOrder], at now: Instant) {
        guard let first = steps.first else { return }
        tracks.append(Track(steps: steps[...], due: now.advanced(by: first.after)))
    }

    mutating func clear() { tracks = [] }

    /// Arms what waits for an occasion and returns what strikes now.
    mutating func due(at now: Instant) -> [FaultOrder] {
        var striking: [FaultOrder] = []
        for index in tracks.indices {
            while let step = tracks[index].steps.first, !tracks[index].isArmed, tracks[index].due <= now {
                if step.occasion != nil {
                    tracks[index].isArmed = true
                } else {
                    striking.append(step)
                    tracks[index].finishStep(at: now)
                }
            }
        }
        tracks.removeAll { $0.steps.isEmpty }
        return striking
    }

    /// What strikes on an occasion, at most one step of each track. Nothing follows one that takes the answer's place.
    mutating func met(_ occasion: Occasion, at now: Instant, where isMeant: (Fault) -> Bool = { _ in true }) -> [FaultOrder] {
        var striking: [FaultOrder] = []
        for index in tracks.indices {
            guard var step = tracks[index].armed, step.occasion == occasion, isMeant(step.fault) else { continue }
            tracks[index].steps[tracks[index].steps.startIndex].count -= 1
            if step.count == 1 { tracks[index].finishStep(at: now) }
            step.count = 1
            striking.append(step)
            if step.fault.replacesAnswer { break }
        }
        tracks.removeAll { $0.steps.isEmpty }
        return striking
    }

    /// What waits, as `GET /lab/faults` tells it.
    func wire(at now: Instant) -> JSON {
        .array(
            tracks.flatMap { track in
                track.steps.enumerated().map { index, step in
                    let wait = max(0, now.duration(to: track.due).milliseconds.rounded(.up))
                    return [
                        "fault": .string(step.name), "count": .integer(Int64(step.count)),
                        "when": .string(step.occasion?.rawValue ?? "now"),
                        // A later step counts from the end of the one before it.
                        "in_ms": index > 0 ? nil : .integer(track.isArmed ? 0 : Int64(wait)),
                        "armed": .bool(index == 0 && track.isArmed),
                    ] as JSON
                }
            })
    }
}
