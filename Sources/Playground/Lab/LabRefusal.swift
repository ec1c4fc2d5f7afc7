/// A lab request that is answered with an error, in words.
struct LabRefusal: Error, Sendable {
    let response: Response

    init(_ status: Int, _ message: String, members: [String: JSON] = [:]) {
        response = .json(JSON.object(["error": .string(message)]).adding(members), status: status)
    }
}
