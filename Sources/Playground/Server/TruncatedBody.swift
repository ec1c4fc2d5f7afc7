import FlyingFox
import FlyingSocks
import Foundation

/// The first half of a body; FlyingFox ends the connection when the rest is an error.
struct TruncatedBody: AsyncBufferedSequence {
    typealias Element = UInt8

    struct Torn: Error {}

    let half: Data

    func makeAsyncIterator() -> Iterator { Iterator(rest: half) }

    struct Iterator: AsyncBufferedIteratorProtocol {
        var rest: Data

        mutating func next() async throws -> UInt8? {
            guard let byte = rest.popFirst() else { throw Torn() }
            return byte
        }

        mutating func nextBuffer(suggested count: Int) async throws -> Data? {
            guard !rest.isEmpty else { throw Torn() }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
    }
}
