/// How often things happened since the start.
struct Counts: Sendable {
    var sockets = 0
    /// Sockets by how they are compressed.
    var transports: [Compression: Int] = [:]
    var identifies = 0
    var resumes = 0
    var gatewaySends = 0
    var restRequests = 0
    var messagesCreated = 0
    var nonceHits = 0
    var interactions = 0
    /// Answers of 401, 403 and 429, without shared ones.
    var invalidRequests = 0
    var rateLimited = 0
}
