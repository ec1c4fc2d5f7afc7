import CWebSockets
import EventLoops

/// libwebsockets' wait for the lab's hosts. The loop's thread makes it, uses it and drops it.
final class LabPoller: Poller {
    /// Protocol names that libwebsockets may give to connections it accepts: who answers, and who turns everybody away.
    static let answering: StaticString = "lab-answering"
    static let blocking: StaticString = "lab-blocking"

    /// Nil when libwebsockets has no memory.
    let context: OpaquePointer?
    /// The context's user pointer refers to it without owning it.
    private let conversations: LabConversations
    /// libwebsockets keeps the pointer for as long as the context lives.
    private let protocols: UnsafeMutablePointer<lws_protocols>

    init(statuses: [String: Int]) {
        conversations = LabConversations(statuses: statuses)
        protocols = .allocate(capacity: 3)
        protocols.initialize(repeating: lws_protocols(), count: 3)
        protocols[0].name = LabPoller.name(LabPoller.answering)
        protocols[0].callback = { wsi, reason, _, bytes, count in LabPoller.called(wsi, reason, bytes, count, isBlocked: false) }
        protocols[1].name = LabPoller.name(LabPoller.blocking)
        protocols[1].callback = { wsi, reason, _, bytes, count in LabPoller.called(wsi, reason, bytes, count, isBlocked: true) }
        lws_set_log_level(0, nil)
        var info = lws_context_creation_info()
        info.options = UInt64(LWS_SERVER_OPTION_EXPLICIT_VHOSTS) | UInt64(LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT)
        info.gid = -1
        info.uid = -1
        info.user = Unmanaged.passUnretained(conversations).toOpaque()
        context = lws_create_context(&info)
    }

    deinit {
        if let context { lws_context_destroy(context) }
        protocols.deallocate()
    }

    func poll() {
        guard let context else { return }
        lws_service(context, 0)
    }

    var wake: @Sendable () -> Void {
        // Cancelling the wait is the one thing that libwebsockets allows from any thread.
        nonisolated(unsafe) let context = context
        return {
            if let context { lws_cancel_service(context) }
        }
    }

    /// Opens a listener on a port that the kernel chooses, and returns the port.
    ///
    /// - Parameter identity: the paths of certificate and key; nil for a host in the clear.
    func listen(named name: String, identity: (certificate: String, key: String)?, isBlocking: Bool) -> Int? {
        guard let context else { return nil }
        var info = lws_context_creation_info()
        // With IPv6 the library listens on every interface, whatever it is told.
        var options = UInt64(LWS_SERVER_OPTION_ADOPT_APPLY_LISTEN_ACCEPT_CONFIG) | UInt64(LWS_SERVER_OPTION_DISABLE_IPV6)
        if identity != nil { options |= UInt64(LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT) }
        info.options = options
        info.port = 0
        info.protocols = UnsafePointer(protocols)
        let accepting = isBlocking ? LabPoller.blocking : LabPoller.answering
        info.listen_accept_protocol = LabPoller.name(accepting)
        return LabPoller.withCStrings([name, "127.0.0.1", "raw-skt", "http/1.1", identity?.certificate, identity?.key]) { texts in
            info.vhost_name = texts[0]
            info.iface = texts[1]
            info.listen_accept_role = texts[2]
            // Offering h2 and then speaking HTTP/1.1 would confuse every client.
            info.alpn = texts[3]
            info.ssl_cert_filepath = texts[4]
            info.ssl_private_key_filepath = texts[5]
            guard let vhost = lws_create_vhost(context, &info) else { return nil }
            let port = Int(lws_get_vhost_listen_port(vhost))
            return port > 0 ? port : nil
        }
    }

    private static func called(
        _ wsi: OpaquePointer?, _ reason: lws_callback_reasons, _ bytes: UnsafeMutableRawPointer?, _ count: Int, isBlocked: Bool
    ) -> Int32 {
        guard let wsi, let user = lws_context_user(lws_get_context(wsi)) else { return 0 }
        // The poller owns it and destroys the context first.
        let conversations = Unmanaged<LabConversations>.fromOpaque(user).takeUnretainedValue()
        let heard = UnsafeRawBufferPointer(start: bytes, count: reason == LWS_CALLBACK_RAW_RX ? count : 0)
        return conversations.handle(wsi, reason, heard, isBlocked: isBlocked)
    }

    private static func name(_ text: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    /// C strings that are never freed, some hundred bytes for each host: libwebsockets keeps pointers for the vhost's whole life.
    private static func withCStrings<Result>(_ texts: [String?], _ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
        body(texts.map { $0.flatMap { UnsafePointer(strdup($0)) } })
    }
}
