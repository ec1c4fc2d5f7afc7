/// What Discord says about a request it refused. Decide on `code`; the texts are for people.
public struct APIError: Error, Equatable, Sendable {
    /// Discord's own code, 0 for none in particular.
    public let code: Int
    public let message: String
    /// Mistakes in single fields, at most 50.
    public let fields: [Field]

    /// A mistake in one field of the body, such as `embeds.0.title`.
    public struct Field: Equatable, Sendable {
        public let path: String
        public let code: String
        public let message: String

        public init(path: String, code: String, message: String) {
            self.path = path
            self.code = code
            self.message = message
        }
    }

    public init(code: Int, message: String, fields: [Field] = []) {
        self.code = code
        self.message = message
        self.fields = fields
    }

    /// Nil when the body is not one of Discord's: a proxy's page, for instance.
    public init?(decoding body: [UInt8]) {
        guard body.count <= 1 << 20, let answer = JSON.value(Answer.self, in: body) else { return nil }
        code = answer.code
        message = answer.message
        fields = Array(answer.fields.prefix(50))
    }

    /// The same without secrets, which a peer might repeat.
    public func redacted(by redaction: Redaction) -> APIError {
        let fields = fields.map {
            Field(path: redaction.redacted($0.path), code: redaction.redacted($0.code), message: redaction.redacted($0.message))
        }
        return APIError(code: code, message: redaction.redacted(message), fields: fields)
    }
}

private struct Answer: Decodable {
    let code: Int
    let message: String
    let fields: [APIError.Field]

    enum Key: String, CodingKey {
        case code, message, errors
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let code = container.lenient(Int.self, .code)
        let message = container.lenient(String.self, .message)
        guard code != nil || message != nil else {
            throw DecodingError.dataCorruptedError(forKey: .code, in: container, debugDescription: "neither code nor message")
        }
        self.code = code ?? 0
        self.message = String((message ?? "").prefix(500))
        fields = container.lenient(Mistakes.self, .errors)?.fields(at: "") ?? []
    }
}

/// Discord nests mistakes by key and index down to an `_errors` array.
private struct Mistakes: Decodable {
    private var own: [Mistake] = []
    private var inner: [(String, Mistakes)] = []

    struct Mistake: Decodable {
        let code: String?
        let message: String?
    }

    struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) {
            nil
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        // Deeper than any body of ours.
        guard decoder.codingPath.count <= 16 else { return }
        for key in container.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
            if key.stringValue == "_errors" {
                own = container.lenientArray(Mistake.self, key)
            } else if let mistakes = container.lenient(Mistakes.self, key) {
                inner.append((key.stringValue, mistakes))
            }
        }
    }

    func fields(at path: String) -> [APIError.Field] {
        let fields = own.map { APIError.Field(path: path, code: $0.code ?? "", message: String(($0.message ?? "").prefix(200))) }
        return fields + inner.flatMap { name, mistakes in mistakes.fields(at: path.isEmpty ? name : "\(path).\(name)") }
    }
}
