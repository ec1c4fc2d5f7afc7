import FlyingFox
import Foundation

/// The edge between FlyingFox's raw frames and the gateway: one reading task and one writing stream for each socket.
///
/// FlyingFox closes the file descriptor when the writing stream ends. Its pool knows sockets by descriptor, so the reader must
/// be through by then: a descriptor that is in use again would otherwise lose its events.
struct SocketHandler: WSHandler {
    enum Role: Sendable {
        /// A bot's gateway socket, and what its URL asks for.
        case gateway(Result<GatewayParameters, GatewayCloseCode>)
        /// A page that watches; what it sends means nothing.
        case view
    }

    /// How long a client has for its half of the closing handshake.
    static let closeGrace = Duration.seconds(2)
    /// Frames that wait for a slow reader.
    static let bound = 8_192

    struct Full: Error {}

    let gateway: LocalGateway
    let role: Role

    func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
        let (outgoing, sink) = AsyncStream.makeStream(
            of: Outgoing.self, bufferingPolicy: .bufferingOldest(SocketHandler.bound))
        guard let number = await open(sink) else { throw Full() }
        let reader = Task { await read(client, number, sink) }
        let writer = SocketWriter(outgoing, compression: compression)
        return AsyncStream {
            if let frame = await writer.next() { return frame }
            if await writer.isClosing { await SocketHandler.wait(for: reader, atMost: SocketHandler.closeGrace) }
            reader.cancel()
            await reader.value
            return nil
        }
    }

    private var compression: Compression {
        guard case .gateway(.success(let parameters)) = role else { return .uncompressed }
        return parameters.compression
    }

    private func open(_ sink: AsyncStream<Outgoing>.Continuation) async -> Int? {
        switch role {
        case .gateway(let requested): await gateway.open(sink, requested)
        case .view: await gateway.openView(sink)
        }
    }

    private func read(
        _ client: AsyncThrowingStream<WSFrame, any Error>, _ number: Int,
        _ sink: AsyncStream<Outgoing>.Continuation
    ) async {
        var assembler = FrameAssembler(bound: GatewayConnection.frameBound)
        var code: UInt16?
        do {
            reading: for try await frame in client {
                switch assembler.take(frame) {
                case .text(let text): await receive(.text(text), number)
                case .undecodable: await receive(.undecodable, number)
                case .ping(let payload): sink.yield(.pong(payload))
                case .closed(let given):
                    code = given
                    sink.yield(.close(GatewayCloseCode(rawValue: given ?? 1000)))
                    break reading
                case nil: break
                }
            }
        } catch {
            // A connection that breaks ends as one without a close frame does.
        }
        switch role {
        case .gateway: await gateway.disconnected(number, code: code)
        case .view: await gateway.closeView(number)
        }
    }

    private func receive(_ input: GatewayConnection.Input, _ number: Int) async {
        guard case .gateway = role, await !gateway.receive(number, input) else { return }
        // Nobody reads on: the socket is to look dead until it ends.
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(3_600)) }
    }

    private static func wait(for reader: Task<Void, Never>, atMost limit: Duration) async {
        let timer = Task {
            try? await Task.sleep(for: limit)
            reader.cancel()
        }
        await reader.value
        timer.cancel()
    }
}
