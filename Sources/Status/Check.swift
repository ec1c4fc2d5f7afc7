/// One question put to a service: does any of these targets answer?
public struct Check: Hashable, Sendable, Identifiable {
    /// Unique within its component: `android`, `ios`.
    public let id: String
    /// Doors to the same thing: one that opens is enough.
    public var anyOf: [Target]
    /// What an answer must look like to count as one.
    public var expectation: Expectation
    /// An answer that takes longer is `slow`.
    public var slowAfter: Duration

    public init(id: String, anyOf: [Target], expectation: Expectation = Expectation(), slowAfter: Duration = .seconds(3)) {
        precondition(!anyOf.isEmpty, "a check needs a target")
        self.id = id
        self.anyOf = anyOf
        self.expectation = expectation
        self.slowAfter = slowAfter
    }
}

extension Check {
    /// What a target must answer to count as working. Nothing given, any usual answer will do.
    public struct Expectation: Hashable, Sendable {
        /// A value that a JSON answer must have: `data.0.state` is the key `state` of the first value of the list `data`.
        public struct JSONValue: Hashable, Sendable {
            /// Keys and places of lists, parted by dots; a key that has a dot in it cannot be named.
            public var path: String
            /// A string, a number or a truth value as JSON writes it, a string without its quotes.
            public var value: String

            public init(path: String, value: String) {
                self.path = path
                self.value = value
            }
        }

        /// No text that is looked for, or sent, may be longer, in bytes.
        public static let longestText = 1_024

        /// HTTP statuses that mean it works; nil accepts 200 ... 399, and 101 alone for a websocket.
        public var statuses: Set<Int>?
        /// Stands somewhere in the page, or in what a server says first over `tcp` and `tls`. Case counts.
        public var text: String?
        /// Values of a page that is JSON; all must be as given.
        public var json: [JSONValue]
        /// Whether a redirect is followed, up to five times, instead of being the answer.
        public var followsRedirects: Bool
        /// What is said to a server over `tcp` and `tls` before its answer is read; nil lets it speak first.
        public var send: String?

        public init(
            statuses: Set<Int>? = nil,
            text: String? = nil,
            json: [JSONValue] = [],
            followsRedirects: Bool = false,
            send: String? = nil
        ) {
            self.statuses = statuses
            self.text = text
            self.json = json
            self.followsRedirects = followsRedirects
            self.send = send
        }

        /// Whether the answer itself is read, not only that there is one.
        public var readsBody: Bool { text != nil || !json.isEmpty }
    }
}
