import EventLoops
import Foundation
import Testing

@testable import WebSockets

/// A user of a socket as the bot's gateway is one: an actor on the sockets' loop, called by the library's thread.
private actor Speaker {
    private let sockets: WebSocketLoop
    private var socket: WebSocket?
    private var isInsideCall = false
    private let continuation: AsyncStream<WebSocketEvent>.Continuation
    nonisolated let events: AsyncStream<WebSocketEvent>

    nonisolated var unownedExecutor: UnownedSerialExecutor { sockets.loop.asUnownedSerialExecutor() }

    init(on sockets: WebSocketLoop) {
        self.sockets = sockets
        (events, continuation) = AsyncStream.makeStream()
    }

    func connect(_ request: WebSocketRequest) {
        isInsideCall = true
        defer { isInsideCall = false }
        socket = sockets.connect(request) { [weak self] event in
            self?.assumeIsolated { $0.handle(event) }
        }
    }

    private func handle(_ event: WebSocketEvent) {
        #expect(!isInsideCall, "no event comes while the user is in a call of its own")
        continuation.yield(event)
        if event.isTerminal {
            continuation.finish()
        }
    }

    /// Sends messages until the queue is full.
    ///
    /// - Returns: how many were taken, and how many of them still wait.
    func fill(with message: [UInt8]) throws -> (taken: Int, waiting: Int) {
        let socket = try #require(socket)
        var taken = 0
        while true {
            do throws(WebSocketError) {
                try socket.send(binary: message)
                taken += 1
            } catch {
                #expect(error.code == .backPressure)
                return (taken, socket.queuedMessages)
            }
        }
    }

    func interrupt(with message: String) throws {
        try socket?.sendUrgent(text: message)
    }

    /// Sends and drops in one step, as a reaction to an event would.
    func sendAndAbort() throws {
        isInsideCall = true
        defer { isInsideCall = false }
        try socket?.send(text: "never heard")
        socket?.abort()
        socket?.abort()
        #expect(socket?.isOpen == false)
        #expect(socket?.queuedBytes == 0)
    }
}

@Suite("Sending")
struct SendingTests {
    @Test("to a peer that does not read is refused at the bound; what is urgent still goes, ahead of the backlog")
    func backPressure() async throws {
        let server = try Server.shared.get()
        let id = UUID().uuidString
        var limits = WebSocketRequest.Limits()
        limits.queuedBytes = 20 * 65_536
        let speaker = Speaker(on: server.system)
        var events = speaker.events.makeAsyncIterator()
        await speaker.connect(server.request("/deaf?\(id)", limits: limits))
        #expect(await events.next() == .opened)
        #expect(await events.next() == .said("deaf"))

        let message = [UInt8](repeating: UInt8(ascii: "."), count: 65_536)
        var sent = 0
        var waiting = 0
        // The system's buffers take some; a queue that stays full while the loop turns is full for good.
        var turnsWithoutProgress = 0
        while turnsWithoutProgress < 1_000 {
            let (taken, stillWaiting) = try await speaker.fill(with: message)
            turnsWithoutProgress = taken == 0 ? turnsWithoutProgress + 1 : 0
            sent += taken
            waiting = stillWaiting
        }
        #expect(waiting == 20)
        try await speaker.interrupt(with: "heartbeat")

        let listener = try await Visit("/hear?\(id)")
        let answer = await listener.next(2)
        #expect(answer == [.opened, .said("hearing")])
        var heard: [String] = []
        while heard.count < sent + 1, let text = await events.next()?.text {
            heard.append(text)
        }
        #expect(heard.count == sent + 1)
        #expect(heard.lastIndex(of: "9:heartbea") == sent - waiting)
    }

    @Test("and aborting in one step loses the message, and tells it later")
    func abort() async throws {
        let server = try Server.shared.get()
        let speaker = Speaker(on: server.system)
        var events = speaker.events.makeAsyncIterator()
        await speaker.connect(server.request("/echo"))
        #expect(await events.next() == .opened)
        try await speaker.sendAndAbort()
        #expect(await events.next() == .closed(code: nil, reason: ""))
        #expect(await events.next() == nil)
    }

    @Test(
        "is hopeless on requests that fail at once, which is told after the call",
        arguments: ["ws://127.0.0.1:1/", "ws://chat.test/", "http://127.0.0.1/", "ws://[ff02::1]:1/", "ws://255.255.255.255:1/"]
    )
    func failsAtOnce(url: String) async throws {
        let speaker = Speaker(on: try Server.shared.get().system)
        var events = speaker.events.makeAsyncIterator()
        await speaker.connect(WebSocketRequest(url: url))
        guard case .failed = await events.next() else {
            Issue.record("expected a failure")
            return
        }
        #expect(await events.next() == nil)
    }
}

@Suite("The queue of what is to be sent")
struct SendQueueTests {
    private func frame(_ text: String) -> SendQueue.Frame { SendQueue.Frame(.text, text.utf8) }

    private func limits(bytes: Int = 100, messages: Int = 100) -> WebSocketRequest.Limits {
        var limits = WebSocketRequest.Limits()
        limits.queuedBytes = bytes
        limits.queuedMessages = messages
        return limits
    }

    @Test("keeps the order, with what is urgent first")
    func order() throws {
        var queue = SendQueue(limits: limits())
        for text in ["a", "b"] { try queue.append(frame(text), isUrgent: false) }
        #expect(queue.popFirst() == frame("a"))
        for text in ["c", "d"] { try queue.append(frame(text), isUrgent: false) }
        for text in ["1", "2"] { try queue.append(frame(text), isUrgent: true) }
        var left: [SendQueue.Frame] = []
        while let frame = queue.popFirst() { left.append(frame) }
        #expect(left == ["1", "2", "b", "c", "d"].map(frame))
        #expect(queue.byteCount == 0)
    }

    @Test("refuses messages over its bounds, and takes them when there is room again")
    func bounds() throws {
        var queue = SendQueue(limits: limits(bytes: 10, messages: 3))
        try queue.append(frame("12345678"), isUrgent: false)
        let error = #expect(throws: WebSocketError.self) { try queue.append(frame("123"), isUrgent: false) }
        #expect(error == WebSocketError(.backPressure, "1 messages with 8 bytes already wait to be sent"))
        try queue.append(frame("12"), isUrgent: false)
        try queue.append(frame(""), isUrgent: false)
        #expect(throws: WebSocketError.self) { try queue.append(frame(""), isUrgent: false) }
        _ = queue.popFirst()
        try queue.append(frame("x"), isUrgent: false)
        #expect(queue.count == 3)
        #expect(queue.byteCount == 3)
    }

    @Test("takes a few urgent messages however full it is")
    func urgent() throws {
        var queue = SendQueue(limits: limits(bytes: 4, messages: 1))
        try queue.append(frame("full"), isUrgent: false)
        for _ in 0..<SendQueue.urgentFrames { try queue.append(frame("now"), isUrgent: true) }
        #expect(throws: WebSocketError.self) { try queue.append(frame("now"), isUrgent: true) }
        #expect(throws: WebSocketError.self) { try queue.append(frame("later"), isUrgent: true) }
    }
}
