import WebSockets

/// A socket to the test's server and what happens on it, event by event.
final class Visit {
    let client: WebSocketClient
    private var events: AsyncStream<WebSocketEvent>.Iterator

    init(_ request: WebSocketRequest, on sockets: WebSocketLoop) async {
        client = WebSocketClient(on: sockets)
        events = await client.open(request).makeAsyncIterator()
    }

    /// A visit to a path of the plain listener, or of another.
    convenience init(_ path: String, at listener: String = "plain", limits: WebSocketRequest.Limits = .init()) async throws {
        let server = try Server.shared.get()
        await self.init(server.request(path, at: listener, limits: limits), on: server.system)
    }

    /// The next event; nil after the terminal one.
    func next() async -> WebSocketEvent? {
        await events.next()
    }

    /// The next so many events.
    func next(_ count: Int) async -> [WebSocketEvent] {
        var taken: [WebSocketEvent] = []
        while taken.count < count, let event = await next() {
            taken.append(event)
        }
        return taken
    }

    /// All events that are left, the terminal one last.
    func rest() async -> [WebSocketEvent] {
        await next(.max)
    }

    /// The error that the attempt ended with; nil if it went otherwise.
    func failure() async -> WebSocketError? {
        guard case .failed(let error) = await rest().first else { return nil }
        return error
    }
}

extension WebSocketEvent {
    static func said(_ text: String) -> WebSocketEvent { .text(Array(text.utf8)) }

    /// A text message's text.
    var text: String? {
        guard case .text(let bytes) = self else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
