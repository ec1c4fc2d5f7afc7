import Foundation

/// One compression context that lasts as long as its connection.
protocol StreamCompressor: AnyObject {
    /// Compresses `bytes` and flushes, so that a client can read all of them at once.
    func flushed(_ bytes: [UInt8]) -> Data
}
