import Discord
import Testing

@Suite("answers")
struct RESTAnswerTests {
    private func bytes(_ text: String) -> [UInt8] {
        Array(text.utf8)
    }

    @Test("of refusal give code, text and the fields that are wrong")
    func errors() {
        let error = APIError(
            decoding: bytes(
                #"""
                {"message":"Invalid Form Body","code":50035,"errors":{"content":{"_errors":[{"code":"MAX","message":"Too long."}]},
                "embeds":{"0":{"title":{"_errors":[{"code":"A","message":"B"}]}}},"_errors":[{"code":"TOP"}],"odd":7}}
                """#))
        #expect(
            error
                == APIError(
                    code: 50_035, message: "Invalid Form Body",
                    fields: [
                        .init(path: "", code: "TOP", message: ""), .init(path: "content", code: "MAX", message: "Too long."),
                        .init(path: "embeds.0.title", code: "A", message: "B"),
                    ]))
        #expect(APIError(decoding: bytes(#"{"message":"x"}"#)) == APIError(code: 0, message: "x"))
    }

    @Test(
        "that are no JSON of Discord's are none of its errors",
        arguments: ["", "<html>", "[]", "{}", #"{"code":"x"}"#, String(repeating: #"{"errors":"#, count: 10_000)])
    func foreign(text: String) {
        #expect(APIError(decoding: bytes(text)) == nil)
    }

    @Test("tell the limits, decimals and all, whatever the case of their headers")
    func headers() {
        let answer = RateLimitAnswer(
            status: 200,
            headers: [
                HeaderField("X-RateLimit-Limit", "5"), HeaderField("x-ratelimit-remaining", "4"),
                HeaderField("X-RATELIMIT-RESET-AFTER", "1.25"), HeaderField("x-ratelimit-bucket", "abcd"),
                HeaderField("content-type", "application/json"), HeaderField("VIA", "1.1 google"),
            ], body: [])
        #expect(
            answer == RateLimitAnswer(status: 200, limit: 5, remaining: 4, resetAfter: .milliseconds(1_250), bucket: "abcd"))
    }

    @Test("prefer the body's wait, which is exact, to the head's")
    func retryAfter() {
        let head = [
            HeaderField("retry-after", "1"), HeaderField("x-ratelimit-scope", "shared"), HeaderField("via", "1.1 google"),
        ]
        let exact = RateLimitAnswer(
            status: 429, headers: head, body: bytes(#"{"message":"x","retry_after":0.5,"global":false,"code":20028}"#))
        #expect(exact == RateLimitAnswer(status: 429, scope: .shared, retryAfter: .milliseconds(500), code: 20_028))
        let rounded = RateLimitAnswer(status: 429, headers: head, body: bytes(#"{"retry_after":"soon"}"#))
        #expect(rounded.retryAfter == .seconds(1))
    }

    @Test("know a global limit from the head or the body")
    func global() {
        #expect(RateLimitAnswer(status: 429, headers: [HeaderField("X-RateLimit-Global", "true")], body: []).scope == .global)
        #expect(RateLimitAnswer(status: 429, headers: [], body: bytes(#"{"global":true}"#)).scope == .global)
    }

    @Test("in the form of a page come from the network in front of Discord")
    func page() {
        let answer = RateLimitAnswer(
            status: 429, headers: [HeaderField("Retry-After", "66271"), HeaderField("content-type", "text/html")],
            body: bytes("<html>error code: 1015"))
        #expect(answer == RateLimitAnswer(status: 429, retryAfter: .seconds(66_271), isJSON: false, hasVia: false))
    }

    @Test(
        "that refuse come from that network when they are no JSON, or have not passed Discord's own proxy",
        arguments: [
            (429, true, true, nil, false), (429, false, true, nil, true), (429, true, false, nil, true),
            (403, true, true, nil, false),
            (403, false, true, nil, true), (403, true, false, nil, true), (403, true, true, 40_333, true),
            (404, false, false, nil, false), (502, false, false, nil, false), (200, true, false, nil, false),
        ] as [(Int, Bool, Bool, Int?, Bool)])
    func edge(status: Int, isJSON: Bool, hasVia: Bool, code: Int?, isFromEdge: Bool) {
        #expect(RateLimitAnswer(status: status, isJSON: isJSON, hasVia: hasVia, code: code).isFromEdge == isFromEdge)
    }

    @Test("with absurd numbers do no harm", arguments: ["nan", "inf", "-1", "1e400", "", "x", "99999999999999999999"])
    func absurd(number: String) {
        let names = ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset-after", "retry-after"]
        let answer = RateLimitAnswer(status: 200, headers: names.map { HeaderField($0, number) }, body: [])
        for wait in [answer.resetAfter, answer.retryAfter].compactMap({ $0 }) {
            #expect((.zero ... .seconds(604_800)).contains(wait))
        }
    }

    @Test("to where the gateway is give shards and identifies")
    func gatewayBot() {
        let text = #"{"url":"wss://g.example","shards":4,"session_start_limit":"#
        let full = GatewayBot(
            decoding: bytes(text + #"{"total":1000,"remaining":871,"reset_after":5000,"max_concurrency":2}}"#))
        let expected = GatewayBot(
            url: "wss://g.example", shards: 4, totalIdentifies: 1_000, remainingIdentifies: 871, resetAfter: .seconds(5),
            maxConcurrency: 2)
        #expect(full == expected)
        #expect(GatewayBot(decoding: bytes(#"{"url":"wss://g.example","shards":-9}"#))?.shards == 1)
        #expect(GatewayBot(decoding: bytes(#"{"shards":1}"#)) == nil)
    }

    @Test("about the application tell where its interactions go")
    func application() {
        let answer = CurrentApplication(decoding: bytes(#"{"id":"12","flags":8,"interactions_endpoint_url":null}"#))
        #expect(answer == CurrentApplication(id: 12, flags: 8, interactionsEndpoint: nil))
    }
}
