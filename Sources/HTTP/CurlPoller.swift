import CCurl
import EventLoops

/// libcurl's wait. Owns the multi handle from its making to its end.
final class CurlPoller: Poller {
    /// Long, since everything that matters ends the wait: sockets, libcurl's own timers, `wake`.
    private static let longestWait: Int32 = 60_000

    private let multi: CurlMulti

    init(_ multi: CurlMulti) {
        self.multi = multi
    }

    deinit {
        curl_multi_cleanup(multi.pointer)
    }

    var wake: @Sendable () -> Void {
        { [multi] in _ = curl_multi_wakeup(multi.pointer) }
    }

    func poll() {
        multi.conversations.poll { sockets, count in
            curl_multi_poll(multi.pointer, sockets, count, CurlPoller.longestWait, nil)
        }
        multi.conversations.advanceReady()
        var running: Int32 = 0
        curl_multi_perform(multi.pointer, &running)
        // All messages are read before the first is acted on: acting removes handles, and with them their messages.
        for ended in endedTransfers() {
            ended.client.assumeIsolated { $0.conclude(ended.id, ended.code) }
        }
    }

    /// A transfer that libcurl is through with.
    private struct Ended: Sendable {
        let client: HTTPClient
        let id: UInt64
        let code: CURLcode
    }

    private func endedTransfers() -> [Ended] {
        var ended: [Ended] = []
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi.pointer, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            guard let transfer = Transfer.of(easy) else { continue }
            ended.append(Ended(client: transfer.client, id: transfer.id, code: message.pointee.data.result))
        }
        return ended
    }
}
