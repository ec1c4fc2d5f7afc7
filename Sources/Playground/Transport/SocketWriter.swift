import FlyingFox
import Foundation

/// The writing half of a socket: takes what leaves from its stream and hands FlyingFox one frame at a time.
actor SocketWriter {
    /// How long a half-open socket keeps its descriptor.
    private static let stallLife = Duration.seconds(15 * 60)

    private let outgoing: AsyncStream<Outgoing>
    private var packer: PayloadPacker
    private var frames: [WSFrame] = []
    private var isOver = false
    private(set) var isClosing = false

    init(_ outgoing: AsyncStream<Outgoing>, compression: Compression) {
        self.outgoing = outgoing
        packer = PayloadPacker(compression: compression)
    }

    /// The next frame; nil when the socket is to be closed.
    func next() async -> WSFrame? {
        while frames.isEmpty, !isOver {
            guard let item = await nextItem() else { return nil }
            await take(item)
        }
        guard !frames.isEmpty else { return nil }
        return frames.removeFirst()
    }

    private func nextItem() async -> Outgoing? {
        for await item in outgoing { return item }
        return nil
    }

    private func take(_ item: Outgoing) async {
        switch item {
        case .text(let payload): frames += packer.pack(payload)
        case .pong(let payload): frames.append(WSFrame(fin: true, opcode: .pong, mask: nil, payload: payload))
        case .pack(let packing): packer.packing = packing
        case .pair(let count): packer.pair(count)
        case .straighten: frames += packer.straighten()
        case .garbage: frames += packer.garbage
        case .close(let code):
            isClosing = true
            isOver = true
            frames.append(.close(code: WSCloseCode(code.rawValue, reason: code.reason)))
        case .drop: isOver = true
        case .stall:
            // The server's end cancels it sooner.
            try? await Task.sleep(for: SocketWriter.stallLife)
            isOver = true
        }
    }
}
