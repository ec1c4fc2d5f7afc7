extension HTTPRequest {
    /// What is wrong with the request, as far as it can be said before it is sent; libcurl judges the URL itself.
    ///
    /// A line break in a header would let the text that carries it add headers of its own.
    var malformation: HTTPError? {
        let isHTTP = ["http://", "https://"].contains { url.lowercased().hasPrefix($0) }
        if !isHTTP || url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
            return HTTPError(.badURL, message: "not an absolute http or https URL")
        }
        for header in headers where !header.name.isHeaderName || !header.value.isHeaderValue {
            return HTTPError(.badRequest, message: "a header field has a byte that is not allowed")
        }
        if method == .head, body != nil {
            return HTTPError(.badRequest, message: "HEAD takes no body")
        }
        return nil
    }
}

extension String {
    /// A token (RFC 9110, 5.6.2).
    fileprivate var isHeaderName: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    fileprivate var isHeaderValue: Bool {
        utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }
}
