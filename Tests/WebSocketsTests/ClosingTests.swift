import Foundation
import Testing
import WebSockets

@Suite("Closing a websocket")
struct ClosingTests {
    @Test(
        "by the server: says code and reason",
        arguments: [(1000, ""), (1001, "going away"), (1011, "broken"), (3000, "x"), (4004, "Authentication failed.")]
    )
    func byServer(code: UInt16, reason: String) async throws {
        let visit = try await Visit("/close?\(code)/\(reason.replacing(" ", with: "_"))")
        let events = await visit.rest()
        #expect(events == [.opened, .closed(code: code, reason: reason.replacing(" ", with: "_"))])
    }

    @Test(
        "by the server in odd ways",
        arguments: [
            ("/close-empty", 1005, ""), ("/close-bad-reason", 4004, "\u{FFFD}"),
            // The library's doing: see `WebSocketEvent.closed`.
            ("/close-1012", 1002, ""),
        ]
    )
    func odd(path: String, code: UInt16, reason: String) async throws {
        let events = try await Visit(path, at: "raw").rest()
        #expect(events == [.opened, .closed(code: code, reason: reason)])
    }

    @Test("by losing the link: has no code")
    func lost() async throws {
        let events = try await Visit("/abrupt").rest()
        #expect(events.first == .opened)
        #expect(events.last == .closed(code: nil, reason: ""))
    }

    @Test("by us: the server hears code and reason", arguments: [(1000, ""), (4000, "resuming"), (1001, "caf\u{e9}")])
    func byUs(code: UInt16, reason: String) async throws {
        let id = UUID().uuidString
        let visit = try await Visit("/closed-with?\(id)")
        #expect(await visit.next() == .opened)
        await visit.client.close(code: code, reason: reason)
        let events = await visit.rest()
        #expect(events == [.closed(code: code, reason: reason)])
        #expect(try await heard(id) == Heard(code: code, reason: reason))
    }

    @Test("by us: cuts a reason that is too long, between characters")
    func longReason() async throws {
        let id = UUID().uuidString
        let visit = try await Visit("/closed-with?\(id)")
        #expect(await visit.next() == .opened)
        await visit.client.close(code: 4000, reason: String(repeating: "\u{e9}", count: 100))
        let cut = String(repeating: "\u{e9}", count: 61)
        let events = await visit.rest()
        #expect(events == [.closed(code: 4000, reason: cut)])
        #expect(try await heard(id) == Heard(code: 4000, reason: cut))
    }

    @Test("by us: what was queued goes first")
    func queuedFirst() async throws {
        let visit = try await Visit("/echo")
        #expect(await visit.next() == .opened)
        for number in 0..<100 {
            try await visit.client.send(text: "\(number)")
        }
        try await visit.client.ping([1])
        await visit.client.close()
        let error = await #expect(throws: WebSocketError.self) { try await visit.client.send(text: "late") }
        #expect(error?.code == .notOpen)
        let events = await visit.rest()
        #expect(events.last == .closed(code: 1000, reason: ""))
    }

    @Test("by us, when the server does not answer: the link is dropped after the grace")
    func unanswered() async throws {
        var limits = WebSocketRequest.Limits()
        limits.close = .milliseconds(100)
        let visit = try await Visit("/silent-close", at: "raw", limits: limits)
        #expect(await visit.next() == .opened)
        await visit.client.close(code: 4000, reason: "bye")
        let events = await visit.rest()
        #expect(events == [.closed(code: 4000, reason: "bye")])
    }

    @Test("by aborting: the server hears no code")
    func aborted() async throws {
        let id = UUID().uuidString
        let visit = try await Visit("/closed-with?\(id)")
        #expect(await visit.next() == .opened)
        await visit.client.abort()
        let events = await visit.rest()
        #expect(events == [.closed(code: nil, reason: "")])
        #expect(try await heard(id) == Heard(code: nil, reason: ""))
    }

    @Test("by aborting over TLS: the server hears no code")
    func abortedSecure() async throws {
        let server = try Server.shared.get()
        let id = UUID().uuidString
        let visit = await Visit(server.secureRequest("/closed-with?\(id)", at: "good"), on: server.trusting)
        #expect(await visit.next() == .opened)
        await visit.client.abort()
        let events = await visit.rest()
        #expect(events == [.closed(code: nil, reason: "")])
        #expect(try await heard(id) == Heard(code: nil, reason: ""))
    }

    @Test("by letting the client go: the server hears no code")
    func letGo() async throws {
        let id = UUID().uuidString
        do {
            let visit = try await Visit("/closed-with?\(id)")
            #expect(await visit.next() == .opened)
        }
        #expect(try await heard(id) == Heard(code: nil, reason: ""))
    }

    @Test("twice, or after the end, changes nothing")
    func twice() async throws {
        let visit = try await Visit("/echo")
        #expect(await visit.next() == .opened)
        await visit.client.close(code: 4001)
        await visit.client.close(code: 4002)
        let events = await visit.rest()
        #expect(events == [.closed(code: 4001, reason: "")])
        await visit.client.close()
        await visit.client.abort()
    }

    @Test("by stopping the loop: every socket gets its terminal event", .timeLimit(.minutes(1)))
    func stopped() async throws {
        let server = try Server.shared.get()
        let sockets = try WebSocketLoop()
        var open: [Visit] = []
        for _ in 0..<20 {
            let visit = await Visit(server.request("/echo"), on: sockets)
            #expect(await visit.next() == .opened)
            open.append(visit)
        }
        var connecting: [Visit] = []
        for _ in 0..<5 {
            connecting.append(await Visit(server.request("/never", at: "raw"), on: sockets))
        }
        sockets.stop()
        for visit in open {
            let events = await visit.rest()
            #expect(events == [.closed(code: nil, reason: "")])
        }
        for visit in connecting {
            let events = await visit.rest()
            #expect(events == [.failed(WebSocketError(.cancelled, "the loop has stopped"))])
        }
    }

    private struct Heard: Equatable {
        let code: Int?
        let reason: String

        init(code: UInt16?, reason: String) {
            self.code = code.map(Int.init)
            self.reason = reason
        }
    }

    /// What the server heard when the socket with this mark closed.
    private func heard(_ id: String) async throws -> Heard {
        let visit = try await Visit("/last-close?\(id)")
        #expect(await visit.next() == .opened)
        let text = try #require(await visit.next()?.text)
        let parts = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Any])
        let code = (parts.first as? Int).map { UInt16($0) }
        return Heard(code: code, reason: parts.last as? String ?? "")
    }
}
