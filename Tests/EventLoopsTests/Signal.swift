import Foundation
import Synchronization

/// An event that one thread waits for and any thread sets; it stays set until somebody has waited.
final class Signal: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let isSet = Atomic(false)
    private let closing = AsyncStream<Void>.makeStream()

    func set() {
        if !isSet.exchange(true, ordering: .acquiringAndReleasing) { semaphore.signal() }
    }

    func wait() {
        semaphore.wait()
        isSet.store(false, ordering: .releasing)
    }

    func close() {
        closing.continuation.finish()
    }

    /// Returns once `close` was called.
    func closed() async {
        for await _ in closing.stream {}
    }
}
