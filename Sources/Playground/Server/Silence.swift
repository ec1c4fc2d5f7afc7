import FlyingFox

/// An HTTP answer that never comes, or a connection that ends in place of one.
///
/// FlyingFox writes every answer, save that it asks for the frames of a websocket before it answers the upgrade: whoever does not
/// return them keeps the connection as it is, and whoever throws ends it.
struct Silence: WSHandler {
    struct HungUp: Error {}

    /// How long a connection without an answer keeps its descriptor.
    private static let life = Duration.seconds(15 * 60)

    let isShort: Bool

    func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
        if !isShort { try await Task.sleep(for: Silence.life) }
        throw HungUp()
    }
}
