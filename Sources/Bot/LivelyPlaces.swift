import Synchronization
import Timing

/// The places in which a service was answered about a moment ago, roughly: looked up for every message, so without a lock.
///
/// Two places may share a slot, and the later one has it; then messages in the other that name no service are passed over.
final class LivelyPlaces: Sendable {
    private static let slots = 256
    /// The place in each slot, by the platform's id.
    private let places: Slots
    /// Until when it is lively, in milliseconds of `Instant`.
    private let ends: Slots

    /// Atomic cells on the heap, which last as long as their owner.
    private struct Slots: @unchecked Sendable {
        let cells = UnsafeMutablePointer<Atomic<UInt64>>.allocate(capacity: LivelyPlaces.slots)

        init() {
            for slot in 0..<LivelyPlaces.slots { (cells + slot).initialize(to: Atomic(0)) }
        }
    }

    init() {
        (places, ends) = (Slots(), Slots())
    }

    deinit {
        for cells in [places.cells, ends.cells] {
            cells.deinitialize(count: Self.slots)
            cells.deallocate()
        }
    }

    /// A place is lively until an instant.
    func note(_ place: UInt64, until end: Instant) {
        let slot = Self.slot(of: place)
        places.cells[slot].store(place, ordering: .relaxed)
        ends.cells[slot].store(Self.milliseconds(end), ordering: .relaxed)
    }

    /// Whether a place may be lively; the time is taken only where that is not sure at once.
    func contains(_ place: UInt64, at now: @autoclosure () -> Instant) -> Bool {
        let slot = Self.slot(of: place)
        guard places.cells[slot].load(ordering: .relaxed) == place else { return false }
        return ends.cells[slot].load(ordering: .relaxed) >= Self.milliseconds(now())
    }

    /// The ids of a platform are near one another, and differ in the middle.
    private static func slot(of place: UInt64) -> Int {
        Int(truncatingIfNeeded: (place &* 0x9E37_79B9_7F4A_7C15) >> 56)
    }

    private static func milliseconds(_ instant: Instant) -> UInt64 {
        UInt64(max(0, instant.sinceOrigin.milliseconds))
    }
}
