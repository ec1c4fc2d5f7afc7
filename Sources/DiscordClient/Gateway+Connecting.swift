import Discord
import HTTP
import Logging
import Timing
import WebSockets

/// From an address to a socket, and what is said on it.
extension Gateway {
    func fetchAddress() async {
        switch await surroundings.directory.look() {
        case .success(let gateway): step(.gatewayAddress(gateway.url))
        case .failure(let failure): step(.gatewayAddressFailed(failure))
        }
    }

    /// Finds the host's addresses, then opens the websocket to one of them; another one each time, so that a dead address passes.
    func dial(_ url: String, _ compression: TransportCompression) {
        drop()
        let connection = self.connection
        dials &+= 1
        let turn = dials
        guard let parsed = try? WebSocketURL(url) else { return step(.connectFailed("the address is no websocket's")) }
        Task {
            let addresses = (try? await surroundings.resolver.resolve(parsed.host, port: Int(parsed.port)).addresses) ?? []
            guard connection == self.connection else { return }
            guard !addresses.isEmpty else { return step(.connectFailed("the name could not be resolved")) }
            open(url, at: addresses[turn % addresses.count], compression)
        }
    }

    private func open(_ url: String, at address: NetworkAddress, _ compression: TransportCompression) {
        let connection = self.connection
        var request = WebSocketRequest(url: url, headers: [("User-Agent", Product.userAgent)], address: address.host)
        request.port = UInt16(exactly: address.port)
        request.limits.messageBytes = PayloadBuffer.limit
        inflater = Inflater(compression)
        socket = loop.sockets.connect(request) { [weak self] message, isBinary in
            // Stays within the call, on the thread that it came on.
            nonisolated(unsafe) let message = message
            self?.assumeIsolated { $0.receive(message, isBinary: isBinary, on: connection) }
        } onEvent: { [weak self] event in
            self?.assumeIsolated { $0.hear(event, on: connection) }
        }
    }

    private func hear(_ event: WebSocketEvent, on connection: Int) {
        guard connection == self.connection else { return }
        switch event {
        case .opened:
            step(.opened)
        case .closed(let code, _):
            forget()
            step(.closed(code: code))
        case .failed(let error):
            forget()
            step(.connectFailed(error.message))
        case .text, .binary, .pong:
            break
        }
    }

    func send(_ command: GatewayCommand, urgent: Bool) {
        do {
            let bytes = try command.encoded(token: surroundings.token)
            if urgent {
                try socket?.sendUrgent(text: bytes)
            } else {
                try socket?.send(text: bytes)
            }
        } catch {
            // The link is stuck or gone: without this command the session's own deadlines end it.
            log.warning("a gateway command was not sent", metadata: ["why": "\(error)"])
        }
    }

    func report(_ notice: GatewaySession.Notice) {
        switch notice {
        case .malformed, .eventUndecodable: if isNew("\(notice)") { log.report(notice) }
        default: log.report(notice)
        }
        surroundings.book.note(notice, of: session.shard.id)
        surroundings.onNotice(notice)
    }

    /// Whether this was not said before; after many different ones nothing is new.
    func isNew(_ puzzle: String) -> Bool {
        puzzles.count < 64 && puzzles.insert(puzzle).inserted
    }

    func requestTurn() {
        surroundings.turns.request(shard: session.shard.id) { [weak self] in
            Task { await self?.step(.identifyPermitted) }
        }
    }

    func drop() {
        socket?.abort()
        forget()
    }

    private func forget() {
        socket = nil
        inflater = nil
        connection &+= 1
    }
}
