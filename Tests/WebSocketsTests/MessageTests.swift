import Testing
import WebSockets

@Suite("Messages")
struct MessageTests {
    @Test("come back from an echo, empty and long ones too")
    func echo() async throws {
        let visit = try await Visit("/echo")
        #expect(await visit.next() == .opened)
        let binary = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try await visit.client.send(text: "caf\u{e9} \u{1F642}")
        try await visit.client.send(text: "")
        try await visit.client.send(binary: [])
        try await visit.client.send(binary: binary)
        let events = await visit.next(4)
        #expect(events == [.said("caf\u{e9} \u{1F642}"), .said(""), .binary([]), .binary(binary)])
    }

    @Test("come back from an echo over TLS")
    func secureEcho() async throws {
        let server = try Server.shared.get()
        let visit = await Visit(server.secureRequest("/echo"), on: server.trusting)
        #expect(await visit.next() == .opened)
        let binary = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try await visit.client.send(binary: binary)
        #expect(await visit.next() == .binary(binary))
    }

    @Test("in fragments are joined")
    func fragments() async throws {
        let visit = try await Visit("/fragments")
        let binary: [UInt8] = [0, 1] + [UInt8](repeating: 2, count: 40_000)
        let events = await visit.next(3)
        #expect(events == [.opened, .said("one, two, three"), .binary(binary)])
    }

    @Test("in fragments are joined around pings and pongs, and across a character")
    func interrupted() async throws {
        let events = try await Visit("/ping-inside", at: "raw").next(3)
        #expect(events == [.opened, .pong(Array("?".utf8)), .said("ab")])
        let text = try await Visit("/split-text", at: "raw").next(2)
        #expect(text == [.opened, .said("caf\u{e9}")])
    }

    @Test("that are empty are messages")
    func empty() async throws {
        let events = try await Visit("/empty", at: "raw").next(3)
        #expect(events == [.opened, .said(""), .binary([])])
    }

    @Test("of many mebibytes are whole")
    func big() async throws {
        let visit = try await Visit("/big?8000000")
        let events = await visit.next(2)
        #expect(events == [.opened, .binary([UInt8](repeating: UInt8(ascii: "x"), count: 8_000_000))])
    }

    @Test("at the bound are taken")
    func atBound() async throws {
        var limits = WebSocketRequest.Limits()
        limits.messageBytes = 1_000
        let visit = try await Visit("/big?1000", limits: limits)
        let events = await visit.next(2)
        #expect(events == [.opened, .binary([UInt8](repeating: UInt8(ascii: "x"), count: 1_000))])
    }

    @Test("over the bound close the socket with 1009", arguments: ["/big?1001", "/big?5000000"])
    func overBound(path: String) async throws {
        var limits = WebSocketRequest.Limits()
        limits.messageBytes = 1_000
        let visit = try await Visit(path, limits: limits)
        let events = await visit.rest()
        #expect(events == [.opened, .closed(code: 1009, reason: "message over 1000 bytes")])
    }

    @Test("that only announce to be over the bound close the socket at once", arguments: ["/announce", "/announce-all"])
    func announced(path: String) async throws {
        var limits = WebSocketRequest.Limits()
        limits.close = .milliseconds(50)
        let visit = try await Visit(path, at: "raw", limits: limits)
        let events = await visit.rest()
        #expect(events == [.opened, .closed(code: 1009, reason: "message over 67108864 bytes")])
    }

    @Test("in fragments over the bound close the socket")
    func fragmentsOverBound() async throws {
        var limits = WebSocketRequest.Limits()
        limits.messageBytes = 100
        let visit = try await Visit("/fragments", limits: limits)
        let events = await visit.rest()
        #expect(events == [.opened, .said("one, two, three"), .closed(code: 1009, reason: "message over 100 bytes")])
    }

    @Test("that are not UTF-8 are not delivered and close the socket with 1007", arguments: ["/invalid-text", "/cut-text"])
    func invalidText(path: String) async throws {
        var limits = WebSocketRequest.Limits()
        limits.close = .milliseconds(50)
        let visit = try await Visit(path, at: "raw", limits: limits)
        let events = await visit.rest()
        #expect(events == [.opened, .closed(code: 1007, reason: "text is not UTF-8")])
    }

    @Test("are lost with the link when the peer breaks the protocol", arguments: ["/reserved", "/opcode", "/orphan"])
    func violation(path: String) async throws {
        let events = try await Visit(path, at: "raw").rest()
        #expect(events == [.opened, .closed(code: nil, reason: "")])
    }

    @Test("pings are answered")
    func ping() async throws {
        let events = try await Visit("/ping").next(2)
        #expect(events == [.opened, .said("ponged")])
    }

    @Test("own pings come back as pongs, with their payload")
    func pong() async throws {
        let visit = try await Visit("/echo")
        #expect(await visit.next() == .opened)
        try await visit.client.ping()
        try await visit.client.ping([1, 2, 3])
        let events = await visit.next(2)
        #expect(events == [.pong([]), .pong([1, 2, 3])])
    }

    @Test("ten thousand arrive in order, both ways")
    func tenThousand() async throws {
        let visit = try await Visit("/count?10000")
        let events = await visit.next(10_001)
        #expect(events == [.opened] + (0..<10_000).map { .said("\($0)") })
        var echoed: [WebSocketEvent] = []
        for number in 0..<10_000 {
            while true {
                do throws(WebSocketError) {
                    try await visit.client.send(text: "\(number)")
                    break
                } catch {
                    // The queue is full: an answer says that there is room again.
                    try #require(error.code == .backPressure)
                    echoed += await visit.next(1)
                }
            }
        }
        echoed += await visit.next(10_000 - echoed.count)
        #expect(echoed == (0..<10_000).map { .said("\($0)") })
    }
}
