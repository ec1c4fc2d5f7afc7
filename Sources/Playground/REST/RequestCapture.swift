import Foundation

/// Writes down what a bot asks of Discord, a JSON object a line, for tools that hold it against Discord's own description of its API.
struct RequestCapture: Sendable {
    private let path: String

    /// Into the file that `ISITDOWN_PLAYGROUND_CAPTURE` names; nil where it names none. Several processes may add to one file.
    init?(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
        guard let path = environment["ISITDOWN_PLAYGROUND_CAPTURE"], !path.isEmpty else { return nil }
        self.path = path
    }

    func add(_ request: Request) {
        var headers: [String: JSON] = [:]
        headers["User-Agent"] = request.userAgent.map(JSON.string)
        headers["Content-Type"] = request.contentType.map(JSON.string)
        headers["Authorization"] = request.authorization.map(JSON.string)
        let query = request.query.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        let line: JSON = [
            "method": .string(request.method), "path": .string(request.path + (query.isEmpty ? "" : "?\(query)")),
            "headers": .object(headers), "body": JSON(parsing: request.body) ?? .null,
        ]
        // Whole lines appended at once stay whole, whoever else is writing.
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        let bytes = Array((line.text + "\n").utf8)
        _ = write(file, bytes, bytes.count)
        close(file)
    }
}
