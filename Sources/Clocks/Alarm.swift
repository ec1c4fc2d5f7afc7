import Synchronization
public import Timing

/// Wakes the owner of a machine at the machine's deadline.
///
/// A machine has one deadline instead of timers; its shell sets the alarm to it after each step. An alarm that rings early or once
/// too often does no harm: the machine looks at the time it is given.
public final class Alarm: Sendable {
    private struct State {
        var deadline: Instant?
        var task: Task<Void, Never>?
        var isOff = false
    }

    private let clock = MonotonicClock()
    private let state = Mutex(State())
    private let ring: @Sendable () async -> Void

    /// An alarm that runs `ring` whenever its deadline has come.
    public init(_ ring: @escaping @Sendable () async -> Void) {
        self.ring = ring
    }

    /// Sets the deadline, instead of the one before; nil for none. Cheap when it did not change.
    public func set(_ deadline: Instant?) {
        state.withLock { state in
            guard !state.isOff, deadline != state.deadline else { return }
            state.task?.cancel()
            state.deadline = deadline
            state.task = deadline.map { deadline in
                Task { [clock, ring, weak self] in
                    guard (try? await clock.sleep(until: deadline)) != nil else { return }
                    self?.rang(at: deadline)
                    await ring()
                }
            }
        }
    }

    /// Silences it for good.
    public func turnOff() {
        state.withLock { state in
            state.isOff = true
            state.deadline = nil
            state.task?.cancel()
            state.task = nil
        }
    }

    /// The same deadline, set once more while it rings, must wake again.
    private func rang(at deadline: Instant) {
        state.withLock { state in
            if state.deadline == deadline { state.deadline = nil }
        }
    }

    deinit {
        state.withLock { $0.task?.cancel() }
    }
}
