import CCurl

/// The sockets that libcurl no longer watches because a conversation has them. Used on the client's loop alone.
final class CurlConversations: @unchecked Sendable {
    private struct Entry {
        let client: HTTPClient
        let id: UInt64
    }

    private var entries: [Entry] = []
    private var sockets: [curl_waitfd] = []

    /// Waits for a socket on behalf of a transfer from the next poll on.
    func await(_ events: Int16, on socket: curl_socket_t, for id: UInt64, of client: HTTPClient) {
        let place = entries.firstIndex { $0.id == id && $0.client === client }
        let socket = curl_waitfd(fd: socket, events: events, revents: 0)
        if let place {
            sockets[place] = socket
        } else {
            entries.append(Entry(client: client, id: id))
            sockets.append(socket)
        }
    }

    func forget(_ id: UInt64) {
        guard let place = entries.firstIndex(where: { $0.id == id }) else { return }
        entries.remove(at: place)
        sockets.remove(at: place)
    }

    /// Calls `poll` with the sockets, then gives the word to those that are ready.
    func poll(_ poll: (_ sockets: UnsafeMutablePointer<curl_waitfd>?, _ count: UInt32) -> Void) {
        sockets.withUnsafeMutableBufferPointer { poll($0.baseAddress, UInt32($0.count)) }
    }

    func advanceReady() {
        let ready = sockets.indices.filter { sockets[$0].revents != 0 }.map { entries[$0] }
        for one in ready { one.client.assumeIsolated { $0.converse(one.id) } }
    }
}
