import HTTP
import TestServers
import Testing

@Suite("Limits", .timeLimit(.minutes(1)))
struct LimitTests {
    let server: WebServer
    let client: HTTPClient

    init() throws {
        server = try WebServer.shared.get()
        client = server.client()
    }

    @Test(
        "a body over its limit ends the transfer, however it is packed",
        arguments: ["http://plain.example/huge", "https://secure.example/huge", "http://plain.example/squeezed"]
    )
    func bodyTooLarge(_ url: String) async {
        let request = HTTPRequest(.get, url, limits: HTTPLimits(body: 100_000))
        #expect(await client.failure(of: request)?.code == .bodyTooLarge)
    }

    @Test("a body of exactly its limit passes")
    func bodyAtLimit() async throws {
        let canned = try CannedServer(answer: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde")
        let request = HTTPRequest(.get, "http://127.0.0.1:\(canned.port)/", limits: HTTPLimits(body: 5))
        #expect(try await client.perform(request).text == "abcde")
    }

    @Test("a body may be cut short instead", arguments: ["http://plain.example/huge", "https://secure.example/squeezed"])
    func cutShort(_ url: String) async throws {
        var request = HTTPRequest(.get, url, limits: HTTPLimits(body: 1_000))
        request.cutsBodyShort = true
        let response = try await client.perform(request)
        #expect(response.status == 200)
        #expect(response.isCutShort)
        #expect(response.body == [UInt8](repeating: 0, count: 1_000))
    }

    @Test("headers over their limit end the transfer")
    func headersTooLarge() async {
        let request = HTTPRequest(.get, "http://plain.example/headers", limits: HTTPLimits(headers: 2_000))
        #expect(await client.failure(of: request)?.code == .headersTooLarge)
    }

    @Test(
        "a server that never answers runs into the deadline, and the error says where",
        arguments: ["http://plain.example/silent", "https://secure.example/silent"])
    func deadline(_ url: String) async {
        let request = HTTPRequest(.get, url, limits: HTTPLimits(total: .seconds(2)))
        let error = await client.failure(of: request)
        #expect(error?.code == .timedOut)
        #expect(error?.curlCode == 28)
        #expect(error?.phase == .http)
        #expect(error?.phases.connect != nil)
        #expect(error?.address == "127.0.0.1")
    }

    @Test(
        "a deadline on a reused connection is reached in the http phase",
        arguments: ["http://plain.example", "https://secure.example"])
    func deadlineOnReusedConnection(_ origin: String) async throws {
        _ = try await client.perform(HTTPRequest(.get, "\(origin)/echo"))
        let request = HTTPRequest(.get, "\(origin)/silent", limits: HTTPLimits(total: .seconds(1)))
        let error = await client.failure(of: request)
        #expect(error?.code == .timedOut)
        #expect(error?.phase == .http)
        #expect(error?.phases.dns == nil && error?.phases.connect == nil)
    }

    @Test("a handshake that never ends runs into the limit for connecting")
    func connectLimit() async throws {
        let silent = try LoopbackSocket()
        let request = HTTPRequest(
            .get, "https://127.0.0.1:\(silent.port)/", limits: HTTPLimits(connect: .seconds(1), total: .seconds(50)))
        let error = await client.failure(of: request)
        #expect(error?.code == .timedOut)
        #expect(error?.phase == .tls)
    }

    @Test(
        "the wait for a connection of the host and the wait for a turn count against the deadline, as a fault of ours",
        arguments: [(1, 200), (16, 1)])
    func deadlineWhileWaiting(maxConnectionsPerHost: Int, maxTransfers: Int) async throws {
        let client = server.client(maxConnectionsPerHost: maxConnectionsPerHost, maxTransfers: maxTransfers)
        let silent = try LoopbackSocket()
        let url = "http://127.0.0.1:\(silent.port)/"
        let blocking = Task {
            await client.failure(of: HTTPRequest(.get, url, limits: HTTPLimits(total: .seconds(50))))
        }
        #expect(await silent.awaitConnection())
        let short = HTTPRequest(.get, url, limits: HTTPLimits(total: .seconds(1)))
        let error = await client.failure(of: short)
        #expect(error?.code == .overloaded)
        #expect(error?.phase == nil)
        blocking.cancel()
        #expect(await blocking.value?.code == .cancelled)
    }

    @Test("a request beyond the queue is refused at once")
    func overload() async throws {
        let client = server.client(maxTransfers: 1, maxWaiting: 1)
        let silent = try LoopbackSocket()
        let request = HTTPRequest(.get, "http://127.0.0.1:\(silent.port)/", limits: HTTPLimits(total: .seconds(50)))
        let running = Task { await client.failure(of: request) }
        #expect(await silent.awaitConnection())
        let waiting = Task.immediate { await client.failure(of: request) }
        #expect(await client.load == (1, 1))
        #expect(await client.failure(of: request)?.code == .overloaded)
        waiting.cancel()
        running.cancel()
        #expect(await waiting.value?.code == .cancelled)
        #expect(await running.value?.code == .cancelled)
        #expect(await client.load == (0, 0))
        #expect(try await client.perform(HTTPRequest(.get, "http://plain.example/echo")).status == 200)
    }
}
