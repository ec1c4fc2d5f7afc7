import CCurl

/// One request on its way: first in the queue, then in libcurl's hands.
///
/// The client's table owns it from its admission to its conclusion; the easy handle borrows it for the callbacks and leaves
/// the multi handle before the table lets go. Everything runs on the client's loop.
final class Transfer {
    let id: UInt64
    let request: HTTPRequest
    /// Keeps the client while a transfer is under way; the circle is broken when the table lets go.
    let client: HTTPClient
    let deadline: ContinuousClock.Instant
    let continuation: CheckedContinuation<TransferRecord, Never>
    /// nil until its turn has come.
    var easy: CurlEasy?

    /// When libcurl took it over.
    var start = ContinuousClock.now
    /// When its last TLS handshake began, counted from the start.
    var handshakeStart: Duration?

    // What the callbacks have seen.
    var body: [UInt8] = []
    var headerBytes = 0
    var dialled: [NetworkAddress] = []
    var refusedAddresses = 0
    var lacksSockets = false
    /// How many bytes of a conversation are said.
    var said = 0
    /// When the first bytes of a conversation's answer came, counted from the start.
    var firstHeard: Duration?
    /// Why a callback ended the transfer; libcurl only knows that one did.
    var interruption: Interruption?
    /// libcurl writes its message here. Freed with the transfer, after the handle that borrows it.
    let message: UnsafeMutablePointer<CChar>

    enum Interruption {
        case headersTooLarge, bodyTooLarge, bodyCutShort, switchedProtocols
    }

    init(
        id: UInt64,
        request: HTTPRequest,
        client: HTTPClient,
        deadline: ContinuousClock.Instant,
        continuation: CheckedContinuation<TransferRecord, Never>
    ) {
        self.id = id
        self.request = request
        self.client = client
        self.deadline = deadline
        self.continuation = continuation
        message = .allocate(capacity: Int(CURL_ERROR_SIZE))
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        easy = nil
        message.deallocate()
    }

    /// The transfer that an easy handle belongs to, as `CURLOPT_PRIVATE` says.
    static func of(_ easy: UnsafeMutableRawPointer) -> Transfer? {
        var pointer: UnsafeMutableRawPointer?
        guard isitdown_getinfo_private(easy, &pointer) == CURLE_OK else { return nil }
        return of(borrowed: pointer)
    }

    /// The transfer behind the pointer that callbacks are given. Unretained: the table owns it while its handle is in use.
    static func of(borrowed pointer: UnsafeMutableRawPointer?) -> Transfer? {
        pointer.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }
}
