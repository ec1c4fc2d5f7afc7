import Foundation

/// One HTTP request, free of the server that received it.
struct Request: Sendable {
    let method: String
    let path: String
    var query: [String: String] = [:]
    var authorization: String?
    var userAgent: String?
    var contentType: String?
    var body = Data()
}

/// One HTTP response.
struct Response: Sendable, Equatable {
    var status: Int
    var headers: [String: String] = [:]
    var body = Data()
    var delivery = Delivery.whole

    /// How an answer reaches the client; all but the first way are faults.
    enum Delivery: Hashable, Sendable {
        case whole
        case late(Duration)
        /// The end is missing.
        case truncated
        /// The connection ends without an answer.
        case hangUp
        /// There is no answer, and the connection stays.
        case never
    }

    static func json(_ value: JSON, status: Int = 200) -> Response {
        // Exactly this type: discord.py takes anything else, a charset too, for text.
        Response(status: status, headers: ["Content-Type": "application/json"], body: Data(value.text.utf8))
    }

    static let noContent = Response(status: 204)
}

/// A request that is answered with one of Discord's errors.
struct Refused: Error, Sendable {
    let response: Response

    init(_ status: Int, _ code: Int64, _ message: String, errors: JSON? = nil) {
        var body: [String: JSON] = ["message": .string(message), "code": .integer(code)]
        body["errors"] = errors
        response = .json(.object(body), status: status)
    }

    static let unauthorized = Refused(401, 0, "401: Unauthorized")
    static let notFound = Refused(404, 0, "404: Not Found")
    static let methodNotAllowed = Refused(405, 0, "405: Method Not Allowed")
    static let unknownChannel = Refused(404, 10003, "Unknown Channel")
    static let unknownGuild = Refused(404, 10004, "Unknown Guild")
    static let unknownMessage = Refused(404, 10008, "Unknown Message")
    static let unknownUser = Refused(404, 10013, "Unknown User")
    static let unknownWebhook = Refused(404, 10015, "Unknown Webhook")
    static let unknownInteraction = Refused(404, 10062, "Unknown interaction")
    static let unknownCommand = Refused(404, 10063, "Unknown application command")
    static let acknowledged = Refused(400, 40060, "Interaction has already been acknowledged.")
    static let missingAccess = Refused(403, 50001, "Missing Access")
    static let missingPermissions = Refused(403, 50013, "Missing Permissions")
    static let notTheAuthor = Refused(403, 50005, "Cannot edit a message authored by another user")
    static let empty = Refused(400, 50006, "Cannot send an empty message")
    static let unreadableType = Refused(
        400, 50035,
        "Expected \"Content-Type\" header to be one of {'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'}."
    )
    static let invalidJSON = Refused(400, 50109, "The request body contains invalid JSON.")
    static let tooLarge = Refused(413, 40005, "Request entity too large")
    static let expiredToken = Refused(401, 50027, "Invalid Webhook Token")

    /// 50035 with one field's mistake, `path` being its keys from the outside in.
    static func invalid(_ path: String..., code: String, message: String) -> Refused {
        let mistake: JSON = ["_errors": [["code": .string(code), "message": .string(message)]]]
        let errors = path.reversed().reduce(mistake) { inner, key in .object([key: inner]) }
        return Refused(400, 50035, "Invalid Form Body", errors: errors)
    }
}
