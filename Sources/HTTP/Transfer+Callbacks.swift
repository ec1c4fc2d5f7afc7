import CCurl
import Glibc

// libcurl calls these on the client's loop, out of `curl_multi_perform` or `curl_multi_add_handle`. They only take notes on the
// transfer they are given; the client acts when libcurl has returned.

/// Ends the transfer when returned: libcurl expects the number of bytes it gave.
private let stop = 0

let receiveHeader: curl_write_callback = { bytes, size, count, context in
    let length = size * count
    guard let bytes, let transfer = Transfer.of(borrowed: context) else { return stop }
    return transfer.noteHeader(UnsafeRawBufferPointer(start: bytes, count: length)) ? length : stop
}

let receiveBody: curl_write_callback = { bytes, size, count, context in
    let length = size * count
    guard let bytes, let transfer = Transfer.of(borrowed: context) else { return stop }
    return transfer.noteBody(UnsafeRawBufferPointer(start: bytes, count: length)) ? length : stop
}

let openSocket: curl_opensocket_callback = { context, _, address in
    guard let address, let transfer = Transfer.of(borrowed: context), transfer.noteDialling(address) else {
        return CURL_SOCKET_BAD
    }
    return transfer.makeSocket(address)
}

let beginHandshake: curl_ssl_ctx_callback = { _, _, context in
    guard let transfer = Transfer.of(borrowed: context) else { return CURLE_ABORTED_BY_CALLBACK }
    transfer.handshakeStart = transfer.start.duration(to: .now)
    return CURLE_OK
}

extension Transfer {
    /// Milliseconds for which sent bytes may stay unacknowledged.
    private static let longestSilence: UInt32 = 20_000

    /// As many addresses of one name are kept; no honest name has more.
    private static let maxDialled = 64

    /// - Returns: whether the transfer goes on.
    fileprivate func noteHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= request.limits.headers else {
            interruption = .headersTooLarge
            return false
        }
        // The line that ends the headers of a 101: from here on the connection speaks another protocol.
        let isEmptyLine = line.elementsEqual("\r\n".utf8) || line.elementsEqual("\n".utf8)
        if request.expectsUpgrade, isEmptyLine, easy?.long(CURLINFO_RESPONSE_CODE) == 101 {
            interruption = .switchedProtocols
            return false
        }
        return true
    }

    /// - Returns: whether the transfer goes on.
    fileprivate func noteBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let room = max(0, request.limits.body - body.count)
        guard bytes.count > room else {
            body.append(contentsOf: bytes)
            return true
        }
        if request.cutsBodyShort {
            body.append(contentsOf: bytes.prefix(room))
            interruption = .bodyCutShort
        } else {
            interruption = .bodyTooLarge
        }
        return false
    }

    /// - Returns: whether the address is to be dialled.
    fileprivate func noteDialling(_ address: UnsafeMutablePointer<curl_sockaddr>) -> Bool {
        guard dialled.count < Transfer.maxDialled, let readable = NetworkAddress(address) else { return false }
        if request.admits?(readable) == false || request.pin.map({ $0 != readable }) == true {
            refusedAddresses += 1
            return false
        }
        dialled.append(readable)
        return request.purpose != .resolve
    }

    fileprivate func makeSocket(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        let kind = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.pointee.family, kind, address.pointee.protocol)
        guard descriptor >= 0 else {
            // Otherwise our own want would look like a server that refuses.
            if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) { lacksSockets = true }
            return CURL_SOCKET_BAD
        }
        guard request.keepsConnection else { return descriptor }
        // A connection whose peer has silently gone would be reused, and fail, for a quarter of an hour.
        var patience = Transfer.longestSilence
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &patience, socklen_t(MemoryLayout.size(ofValue: patience)))
        return descriptor
    }
}
