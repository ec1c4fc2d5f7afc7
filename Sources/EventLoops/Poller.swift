/// A C library's own wait, as an event loop drives it.
///
/// The loop makes its poller on the loop's thread and drops it there, so a library that must be created, used and destroyed
/// on one thread is.
public protocol Poller: AnyObject, SendableMetatype {
    /// Waits until the library has done some work, `wake` was called, or the library's own deadline passed. Runs on the loop's thread.
    func poll()

    /// What any thread may call to end a `poll` that runs, or else the next one, early. It must be quick and must not call the loop.
    var wake: @Sendable () -> Void { get }
}
