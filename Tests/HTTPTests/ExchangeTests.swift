import HTTP
import TestServers
import Testing

@Suite("Requests and answers", .timeLimit(.minutes(1)))
struct ExchangeTests {
    let server: WebServer
    let client: HTTPClient

    init() throws {
        server = try WebServer.shared.get()
        client = server.client()
    }

    @Test("every method reaches the server as itself, over HTTP/1.1 and HTTP/2", arguments: HTTPRequest.Method.allCases)
    func methods(_ method: HTTPRequest.Method) async throws {
        for (url, version) in [
            ("http://plain.example/echo?q=1", HTTPResponse.Version.http1_1), ("https://secure.example/echo?q=1", .http2),
        ] {
            let response = try await client.perform(HTTPRequest(method, url, headers: [("X-Test", "värde")]))
            let expected = "\(method.rawValue) /echo?q=1 [värde] [] [] [test/1]"
            #expect(response.status == 200)
            #expect(response.version == version)
            #expect(response.text == (method == .head ? "" : expected))
        }
    }

    @Test(
        "a body arrives whole, with its length and the media type it was given",
        arguments: [HTTPRequest.Method.post, .put, .patch, .delete])
    func bodies(_ method: HTTPRequest.Method) async throws {
        let request = HTTPRequest(
            method,
            "https://secure.example/body",
            headers: [("Content-Type", "application/json")],
            body: Array(#"{"a":1}"#.utf8)
        )
        #expect(try await client.perform(request).text == #"\#(method.rawValue) 7 [application/json] {"a":1}"#)
    }

    @Test("nothing is added to a request that the caller did not ask for")
    func wireFormat() async throws {
        let canned = try CannedServer(.request(body: 4), answer: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let request = HTTPRequest(.post, "http://127.0.0.1:\(canned.port)/x", headers: [("X-Empty", "")], body: [0, 1, 2, 255])
        let response = try await client.perform(request)
        #expect(response.status == 200)
        let expected =
            "POST /x HTTP/1.1\r\nHost: 127.0.0.1:\(canned.port)\r\nUser-Agent: test/1\r\nAccept: */*\r\n"
            + "Accept-Encoding: deflate, gzip, br, zstd\r\nX-Empty:\r\nContent-Length: 4\r\n\r\n\u{0}\u{1}\u{2}\u{FFFD}"
        #expect(canned.requests == [expected])
    }

    @Test("a POST without a body says that its length is zero")
    func emptyPost() async throws {
        let canned = try CannedServer(answer: "HTTP/1.1 204 No Content\r\n\r\n")
        _ = try await client.perform(HTTPRequest(.post, "http://127.0.0.1:\(canned.port)/"))
        #expect(canned.requests.first?.contains("\r\nContent-Length: 0\r\n") == true)
    }

    @Test("headers are found in any case, and repeated ones are kept")
    func headers() async throws {
        let response = try await client.perform(HTTPRequest(.get, "https://secure.example/echo"))
        #expect(response.headers["SERVER"]?.hasPrefix("nginx") == true)
        #expect(response.headers.values(of: "x-twice") == ["one", "two"])
        #expect(response.headers["x-absent"] == nil)
    }

    @Test("any status is an answer", arguments: [("/missing", 404), ("/nothing", 204)])
    func statuses(path: String, status: Int) async throws {
        #expect(try await client.perform(HTTPRequest(.get, "http://plain.example\(path)")).status == status)
    }

    @Test("redirects are followed only when asked for")
    func redirects() async throws {
        var request = HTTPRequest(.get, "http://plain.example/hop")
        #expect(try await client.perform(request).status == 302)
        request.redirects = 1
        let followed = try await client.perform(request)
        #expect(followed.status == 200)
        #expect(followed.headers["location"] == nil)
    }

    @Test("a redirect loop and a redirect to another scheme end the transfer")
    func badRedirects() async {
        var request = HTTPRequest(.get, "http://plain.example/loop")
        request.redirects = 3
        #expect(await client.failure(of: request)?.code == .tooManyRedirects)
        request.url = "http://plain.example/elsewhere"
        let refused = await client.failure(of: request)
        #expect(refused?.curlCode == 1)
    }

    @Test("a response that is not HTTP is malformed, and one that breaks off is lost")
    func malformed() async throws {
        let noise = try CannedServer(answer: "SSH-2.0-OpenSSH_9.2\r\n")
        let breaking = try CannedServer(answer: "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")
        let mute = try CannedServer(answer: "")
        var codes: [HTTPError.Code?] = []
        for port in [noise.port, breaking.port, mute.port] {
            let request = HTTPRequest(.get, "http://127.0.0.1:\(port)/")
            codes.append(await client.failure(of: request)?.code)
        }
        #expect(codes == [.malformedResponse, .connectionLost, .connectionLost])
    }

    @Test("a 101 ends the transfer when an upgrade was hoped for")
    func upgrade() async throws {
        let canned = try CannedServer(
            answer: "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nX-Key: k\r\n\r\n\u{1}\u{2}")
        var request = HTTPRequest(.get, "http://127.0.0.1:\(canned.port)/")
        request.allowsHTTP2 = false
        request.expectsUpgrade = true
        let response = try await client.perform(request)
        #expect(response.status == 101)
        #expect(response.headers["x-key"] == "k")
        #expect(response.body.isEmpty)
    }

    @Test(
        "a request that cannot be sent as it stands is refused",
        arguments: [
            (HTTPRequest(.get, "file:///etc/passwd"), HTTPError.Code.badURL),
            (HTTPRequest(.get, "plain.example/echo"), .badURL),
            (HTTPRequest(.get, "http://plain.example/a b"), .badURL),
            (HTTPRequest(.get, "http://plain.example/\u{0}"), .badURL),
            (HTTPRequest(.get, "http://:80/"), .badURL),
            (HTTPRequest(.get, "http://plain.example:99999/"), .badURL),
            (HTTPRequest(.get, "http://plain.example/", headers: [("X-A", "1\r\nX-B: 2")]), .badRequest),
            (HTTPRequest(.get, "http://plain.example/", headers: [("X A", "1")]), .badRequest),
            (HTTPRequest(.head, "http://plain.example/", body: [1]), .badRequest),
        ]
    )
    func refusals(_ request: HTTPRequest, _ code: HTTPError.Code) async {
        let refused = await client.failure(of: request)
        #expect(refused?.code == code)
    }
}
