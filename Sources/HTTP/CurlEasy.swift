import CCurl

/// libcurl's easy handle: the options and the state of one transfer, and the lists that libcurl borrows from it.
///
/// Belongs to one transfer and is used and freed on the client's loop.
final class CurlEasy {
    let pointer: UnsafeMutableRawPointer
    /// The first option that libcurl did not take; a transfer with one must not start.
    private(set) var refusal: CURLcode?
    /// Lists that options point to; libcurl does not copy them.
    private var lists: [UnsafeMutablePointer<curl_slist>] = []

    init() {
        guard let pointer = curl_easy_init() else { preconditionFailure("libcurl is out of memory") }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
        for list in lists { curl_slist_free_all(list) }
    }

    /// As new, for another transfer: making a handle costs more than clearing one (curl_easy_reset(3)). Its last transfer has left the multi
    /// handle; connections, sessions and names are that one's, and stay.
    func reset() {
        curl_easy_reset(pointer)
        for list in lists { curl_slist_free_all(list) }
        lists = []
        refusal = nil
    }

    func set(_ option: CURLoption, _ value: Int) {
        note(isitdown_setopt_long(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: Bool) {
        set(option, value ? 1 : 0)
    }

    func set(_ option: CURLoption, offset value: Int) {
        note(isitdown_setopt_offset(pointer, option, curl_off_t(value)))
    }

    /// libcurl copies the text. A text that C would cut at a zero byte is refused.
    func set(_ option: CURLoption, _ value: String?) {
        guard value?.utf8.contains(0) != true else { return note(CURLE_BAD_FUNCTION_ARGUMENT) }
        note(isitdown_setopt_string(pointer, option, value))
    }

    func set(_ option: CURLoption, pointer value: UnsafeRawPointer?) {
        note(isitdown_setopt_pointer(pointer, option, value))
    }

    func set(_ option: CURLoption, receive value: curl_write_callback) {
        note(isitdown_setopt_receive(pointer, option, value))
    }

    func set(_ option: CURLoption, openSocket value: curl_opensocket_callback) {
        note(isitdown_setopt_opensocket(pointer, option, value))
    }

    func set(_ option: CURLoption, sslContext value: curl_ssl_ctx_callback) {
        note(isitdown_setopt_ssl_context(pointer, option, value))
    }

    func set(_ option: CURLoption, list lines: [String]) {
        guard !lines.isEmpty else { return }
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard !line.utf8.contains(0), let longer = curl_slist_append(list, line) else {
                curl_slist_free_all(list)
                return note(CURLE_BAD_FUNCTION_ARGUMENT)
            }
            list = longer
        }
        if let list { lists.append(list) }
        note(isitdown_setopt_list(pointer, option, list))
    }

    func long(_ info: CURLINFO) -> Int {
        var value = 0
        return isitdown_getinfo_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    /// A point of time of the transfer, counted from its start; nil when it was not reached.
    func time(_ info: CURLINFO) -> Duration? {
        var microseconds: curl_off_t = 0
        guard isitdown_getinfo_offset(pointer, info, &microseconds) == CURLE_OK, microseconds > 0 else { return nil }
        return .microseconds(microseconds)
    }

    func string(_ info: CURLINFO) -> String? {
        var value: UnsafePointer<CChar>?
        guard isitdown_getinfo_string(pointer, info, &value) == CURLE_OK, let value, value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// The socket of a connection that stands; nil when there is none.
    var socket: curl_socket_t? {
        var socket = CURL_SOCKET_BAD
        guard isitdown_getinfo_socket(pointer, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK else { return nil }
        return socket == CURL_SOCKET_BAD ? nil : socket
    }

    private func note(_ code: CURLcode) {
        if refusal == nil, code != CURLE_OK { refusal = code }
    }
}
