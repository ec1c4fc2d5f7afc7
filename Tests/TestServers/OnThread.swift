import Foundation

/// Runs blocking work where it holds up nobody.
func onThread(_ work: @escaping @Sendable () -> Void) {
    let thread = Thread { work() }
    thread.start()
}
