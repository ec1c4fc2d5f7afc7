/// What can go wrong with a REST request.
enum RESTFault: String, Hashable, Sendable, CaseIterable {
    case tooMany = "rest_429"
    case tooManyGlobal = "rest_429_global"
    case tooManyShared = "rest_429_shared"
    /// Cloudflare's page.
    case tooManyPage = "rest_429_page"
    case unauthorized = "rest_401"
    case failed = "rest_500"
    case badGateway = "rest_502"
    case unavailable = "rest_503"
    /// What was asked for happens; the answer is a 500.
    case lostAnswer = "rest_lost_answer"
    /// What was asked for happens; the connection ends without an answer.
    case lostConnection = "rest_lost_connection"
    case slowHeaders = "rest_slow_headers"
    /// The request is read, and nothing ever answers it; the connection stays open.
    case halfOpen = "rest_half_open"
    /// The answer ends before its Content-Length.
    case truncated = "rest_truncated"

    /// Whether what was asked for happens all the same.
    var performsRequest: Bool {
        switch self {
        case .lostAnswer, .lostConnection, .slowHeaders, .truncated: true
        default: false
        }
    }
}
