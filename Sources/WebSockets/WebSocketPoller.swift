import CWebSockets
import EventLoops
import Synchronization

/// Drives libwebsockets on the loop's thread.
final class WebSocketPoller: Poller {
    private let context: WebSocketContext
    private let waker: Waker

    init(context: WebSocketContext) {
        self.context = context
        waker = Waker(context.handle)
    }

    /// Runs on the loop's thread, as the library demands of whoever destroys its context.
    deinit {
        waker.disarm()
        context.destroy()
    }

    func poll() {
        context.service()
    }

    var wake: @Sendable () -> Void {
        { [waker] in waker.wake() }
    }
}

/// Wakes the library from any thread, and nobody once its context is about to go: a wake may come later than the loop's end.
private final class Waker: Sendable {
    /// `struct lws_context *` as a number; nil when it is gone. The only thing of the library that other threads touch.
    private let context: Mutex<UInt?>

    init(_ context: OpaquePointer?) {
        self.context = Mutex(UInt(bitPattern: context))
    }

    func wake() {
        context.withLock { context in
            guard let context else { return }
            lws_cancel_service(OpaquePointer(bitPattern: context))
        }
    }

    func disarm() {
        context.withLock { $0 = nil }
    }
}
