import FlyingFox
import Foundation

/// The edge between FlyingFox's raw frames and the gateway: one reading task and one writing stream for each socket.
///
/// FlyingFox closes the file descriptor when the writing stream ends. Its pool knows sockets by descriptor, so the reader must
/// be through by then: a descriptor that is in use again would otherwise lose its events.
struct SocketHandler: WSHandler {
    enum Role: Sendable {
        /// A bot's gateway socket.
        case gateway
        /// A page that watches; what it sends means nothing.
        case view
    }

    /// How long a client has for its half of the closing handshake.
    static let closeGrace = Duration.seconds(2)
    /// Frames that wait for a slow reader.
    static let bound = 2_048

    struct Full: Error {}

    let gateway: LocalGateway
    let role: Role

    func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
        let (outgoing, sink) = AsyncStream.makeStream(
            of: LocalGateway.Outgoing.self, bufferingPolicy: .bufferingOldest(SocketHandler.bound))
        let number = role == .gateway ? await gateway.open(sink) : await gateway.openView(sink)
        guard let number else { throw Full() }
        let reader = Task { await read(client, number, sink) }
        let isClosing = ClosingMark()
        return AsyncStream {
            if !isClosing.isSet {
                for await item in outgoing {
                    switch item {
                    case .text(let text): return WSFrame(fin: true, opcode: .text, mask: nil, payload: .init(text.utf8))
                    case .pong(let payload): return WSFrame(fin: true, opcode: .pong, mask: nil, payload: payload)
                    case .close(let code):
                        isClosing.set()
                        return .close(code: WSCloseCode(code.rawValue, reason: code.reason))
                    case .drop: break
                    }
                    break
                }
            } else {
                await SocketHandler.wait(for: reader, atMost: SocketHandler.closeGrace)
            }
            reader.cancel()
            await reader.value
            return nil
        }
    }

    private func read(
        _ client: AsyncThrowingStream<WSFrame, any Error>, _ number: Int,
        _ sink: AsyncStream<LocalGateway.Outgoing>.Continuation
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
        if role == .gateway { await gateway.feed(number, input) }
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
