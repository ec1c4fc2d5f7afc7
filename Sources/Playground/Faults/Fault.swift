/// Something that goes wrong on purpose: `POST /lab/faults {"fault":"…"}`.
enum Fault: Hashable, Sendable {
    case socket(SocketFault)
    case close(UInt16)
    case rest(RESTFault)
    /// Forgets the faults that wait and heals the sockets.
    case clear

    /// Every name that can be asked for.
    static let allNames =
        SocketFault.allCases.map(\.rawValue) + ["close_<code>"] + RESTFault.allCases.map(\.rawValue) + ["clear"]

    /// The fault with this name; nil when there is none.
    init?(named name: String) {
        if let fault = SocketFault(rawValue: name) {
            self = .socket(fault)
        } else if let fault = RESTFault(rawValue: name) {
            self = .rest(fault)
        } else if name.hasPrefix("close_"), let code = UInt16(name.dropFirst(6)), Fault.isSendable(code) {
            self = .close(code)
        } else if name == "clear" {
            self = .clear
        } else {
            return nil
        }
    }

    /// RFC 6455, 7.4: what an endpoint may send in a close frame.
    private static func isSendable(_ code: UInt16) -> Bool {
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }

    /// The only occasion that the fault can have; nil when it can have several.
    var ownOccasion: Occasion? {
        switch self {
        case .socket(let fault): fault.ownOccasion
        case .rest: .request
        case .close, .clear: nil
        }
    }

    /// Whether it takes the place of what the server would answer on an occasion.
    var replacesAnswer: Bool {
        switch self {
        case .socket(let fault): fault.replacesAnswer
        case .close, .rest: true
        case .clear: false
        }
    }
}
