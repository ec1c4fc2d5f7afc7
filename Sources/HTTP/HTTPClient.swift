import CCurl
import EventLoops

/// HTTP, and the steps below it, over libcurl's multi interface: one thread, any number of transfers.
///
/// The actor's executor is that thread, so libcurl's rule "one thread at a time" is the actor's isolation. Cookies, proxies and
/// credentials out of the environment do not exist here. Transfers beyond `maxTransfers` wait in line; when the line is full,
/// requests are refused at once as `overloaded`. The thread ends when the client is let go.
public actor HTTPClient {
    private let loop: EventLoop
    private let multi: CurlMulti
    /// Where hosts are dialled elsewhere.
    public nonisolated let network: Network
    let userAgent: String
    private let maxTransfers: Int
    private let maxWaiting: Int

    /// Handles between two transfers, at most `mostIdle`.
    private var idle: [CurlEasy] = []
    private static let mostIdle = 32
    private var running: [UInt64: Transfer] = [:]
    /// First come, first served.
    private var waiting: [Transfer] = []
    private var lastID: UInt64 = 0
    private var isShutDown = false
    /// Ends what libcurl does not: the time in which a transfer waits for its turn, or for a connection of its host, counts for us.
    var watched: (task: Task<Void, Never>, until: ContinuousClock.Instant)?

    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.asUnownedSerialExecutor()
    }

    /// The thread of the client: a task that prefers it crosses no thread for a request.
    public nonisolated let executor: any TaskExecutor

    /// - Parameters:
    ///   - userAgent: sent with every request.
    ///   - maxConnectionsPerHost: transfers to a host beyond it wait for a connection, or share one over HTTP/2.
    ///   - maxTransfers: how many run at once; each may need a file descriptor.
    ///   - maxWaiting: how many more may wait.
    public init(
        network: Network = Network(),
        userAgent: String,
        maxConnectionsPerHost: Int = 16,
        maxTransfers: Int = 200,
        maxWaiting: Int = 2_000
    ) {
        precondition(maxConnectionsPerHost > 0 && maxTransfers > 0 && maxWaiting >= 0, "a client needs room for a transfer")
        let multi = CurlMulti(maxConnectionsPerHost: maxConnectionsPerHost, maxIdleConnections: 32)
        self.multi = multi
        self.network = network
        self.userAgent = userAgent
        self.maxTransfers = maxTransfers
        self.maxWaiting = maxWaiting
        loop = EventLoop(name: "curl") { _ in CurlPoller(multi) }
        executor = loop.makeTaskExecutor()
    }

    deinit {
        // No transfer is left: each keeps the client.
        watched?.task.cancel()
        loop.stop()
    }

    /// Sends a request and reads the answer, whatever its status.
    ///
    /// Cancelling the task ends the transfer at once and throws `cancelled`.
    public func perform(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let record = await run(request)
        if let failure = record.failure { throw failure }
        return record.response
    }

    /// Fails everything under way and everything to come as `cancelled`.
    public func shutdown() {
        isShutDown = true
        for id in running.keys.sorted() + waiting.map(\.id) {
            finish(id, .cancelled)
        }
    }

    /// How many transfers run and how many wait.
    public var load: (running: Int, waiting: Int) { (running.count, waiting.count) }

    /// Takes a request through the queue and libcurl. Never fails: a failure is part of the record.
    func run(_ request: HTTPRequest) async -> TransferRecord {
        if let refusal = refusal(of: request) { return TransferRecord(failure: refusal) }
        lastID += 1
        let id = lastID
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let deadline = ContinuousClock.now + request.limits.total
                admit(
                    Transfer(id: id, request: request, client: self, deadline: deadline, continuation: continuation)
                )
            }
        } onCancel: {
            Task { await self.finish(id, .cancelled) }
        }
    }

    /// libcurl is through with a transfer.
    func conclude(_ id: UInt64, _ code: CURLcode) {
        if code == CURLE_OK, running[id]?.request.conversation != nil {
            converse(id)
        } else {
            finish(id, .curl(code))
        }
    }

    /// A connection stands that is to be talked over, or the socket of one that is talked over has become ready.
    func converse(_ id: UInt64) {
        guard let transfer = running[id], let conversation = transfer.request.conversation else { return }
        switch (transfer.talk(conversation), transfer.easy?.socket) {
        case (.ends(let code), _): finish(id, .curl(code))
        case (.goesOn, let socket?):
            multi.conversations.await(transfer.awaitedEvents, on: socket, for: id, of: self)
        case (.goesOn, nil): finish(id, .curl(CURLE_RECV_ERROR))
        }
    }

    private func refusal(of request: HTTPRequest) -> HTTPError? {
        if isShutDown || Task.isCancelled { return HTTPError(.cancelled, message: "cancelled") }
        if running.count >= maxTransfers, waiting.count >= maxWaiting {
            return HTTPError(.overloaded, message: "\(waiting.count) requests are waiting already")
        }
        return request.malformation
    }

    private func admit(_ transfer: Transfer) {
        if running.count < maxTransfers {
            start(transfer)
        } else {
            waiting.append(transfer)
        }
        watch(transfer)
    }

    /// All that run or wait.
    var transfers: [Transfer] { Array(running.values) + waiting }

    private func start(_ transfer: Transfer) {
        running[transfer.id] = transfer
        let remaining = ContinuousClock.now.duration(to: transfer.deadline)
        let easy = transfer.open(idle.popLast() ?? CurlEasy(), network: network, userAgent: userAgent, remaining: remaining)
        if let refusal = easy.refusal {
            end(transfer.id, .curl(refusal))
        } else if curl_multi_add_handle(multi.pointer, easy.pointer) != CURLM_OK {
            end(transfer.id, .curl(CURLE_FAILED_INIT))
        }
    }

    /// Ends a transfer and gives its place to those that wait.
    func finish(_ id: UInt64, _ ending: Transfer.Ending) {
        end(id, ending)
        while running.count < maxTransfers, !waiting.isEmpty, !isShutDown {
            start(waiting.removeFirst())
        }
    }

    /// Takes a transfer out of the tables, wherever it stands, and answers its caller. The second ending of a transfer finds nothing.
    private func end(_ id: UInt64, _ ending: Transfer.Ending) {
        if let transfer = running.removeValue(forKey: id), let easy = transfer.easy {
            if transfer.request.conversation != nil { multi.conversations.forget(id) }
            // Harmless for a handle that was never added.
            curl_multi_remove_handle(multi.pointer, easy.pointer)
            answer(transfer, TransferRecord(transfer, easy, ending))
        } else if let place = waiting.firstIndex(where: { $0.id == id }) {
            let transfer = waiting.remove(at: place)
            let failure = transfer.failure(ending, HTTPResponse(status: 0))
            answer(transfer, TransferRecord(failure: failure ?? HTTPError(.other, message: "ended in the queue")))
        }
    }

    private func answer(_ transfer: Transfer, _ record: TransferRecord) {
        if let easy = transfer.easy, idle.count < Self.mostIdle {
            easy.reset()
            idle.append(easy)
        }
        transfer.easy = nil
        transfer.continuation.resume(returning: record)
    }
}
