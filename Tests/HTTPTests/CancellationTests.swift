import HTTP
import TestServers
import Testing

@Suite("Cancellation and shutdown", .timeLimit(.minutes(1)))
struct CancellationTests {
    let server: WebServer
    let silent: LoopbackSocket
    let patient: HTTPRequest

    init() throws {
        server = try WebServer.shared.get()
        silent = try LoopbackSocket()
        patient = HTTPRequest(.get, "http://127.0.0.1:\(silent.port)/", limits: HTTPLimits(total: .seconds(3_600)))
    }

    @Test("cancelling the task ends a transfer that runs")
    func cancelRunning() async {
        let client = server.client()
        let task = Task { await client.failure(of: patient) }
        #expect(await silent.awaitConnection())
        task.cancel()
        #expect(await task.value?.code == .cancelled)
        #expect(await client.load == (0, 0))
    }

    @Test("a task that is cancelled already dials nothing")
    func cancelledBefore() async {
        let client = server.client()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await client.failure(of: patient)
        }
        #expect(await task.value?.code == .cancelled)
        #expect(!silent.hasConnection)
    }

    @Test("a shutdown fails what runs, what waits and what comes later")
    func shutdown() async {
        let client = server.client(maxTransfers: 1)
        let running = Task { await client.failure(of: patient) }
        #expect(await silent.awaitConnection())
        let waiting = Task.immediate { await client.failure(of: patient) }
        #expect(await client.load == (1, 1))
        await client.shutdown()
        #expect(await running.value?.code == .cancelled)
        #expect(await waiting.value?.code == .cancelled)
        #expect(await client.failure(of: patient)?.code == .cancelled)
    }

    @Test("a hundred transfers cancelled at any moment leave nothing behind")
    func storm() async throws {
        let client = server.client(maxConnectionsPerHost: 4, maxTransfers: 20)
        let tasks = (0..<100).map { number in
            Task {
                let url = number.isMultiple(of: 2) ? "https://secure.example/silent" : "http://plain.example/echo"
                // On a busy machine the cancellation may come late, but it is what must end the transfer.
                let limits = HTTPLimits(connect: .seconds(50), total: .seconds(50))
                return await client.failure(of: HTTPRequest(.get, url, limits: limits))
            }
        }
        for (number, task) in tasks.enumerated() where number.isMultiple(of: 2) {
            await Task.yield()
            task.cancel()
        }
        for (number, task) in tasks.enumerated() {
            let code = await task.value?.code
            #expect(code == (number.isMultiple(of: 2) ? .cancelled : nil))
        }
        #expect(await client.load == (0, 0))
    }

    @Test("a client that is let go goes, with its thread")
    func release() async throws {
        var client: HTTPClient? = server.client()
        weak let observed = client
        _ = try await client?.perform(HTTPRequest(.get, "http://plain.example/echo"))
        client = nil
        // The job that answered may hold it a moment longer; yielding lets that thread end it.
        while observed != nil { await Task.yield() }
    }
}
