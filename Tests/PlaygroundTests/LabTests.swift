import Foundation
import Playground
import Status
import Testing

/// The simulated services as openssl and curl see them, through the redirections and with real certificate checks.
@Suite("The lab")
struct LabTests {
    static let service = Service(
        id: "kik", name: "Kik",
        components: [
            Component(
                id: "messages", name: "message servers", weight: 1,
                checks: [
                    Check(
                        id: "android",
                        anyOf: [
                            Target(kind: .tls, host: "talk.kik.example", port: 443),
                            Target(kind: .tls, host: "talk.kik.example", port: 5223),
                        ])
                ]),
            Component(
                id: "web", name: "web", weight: 0.2,
                checks: [
                    Check(id: "site", anyOf: [Target(kind: .https, host: "ws.kik.example", port: 443, path: "/p")]),
                    Check(
                        id: "gone", anyOf: [Target(kind: .https, host: "ws.kik.example", port: 443, path: "/gone")],
                        expectation: Check.Expectation(statuses: [404])),
                    Check(id: "plain", anyOf: [Target(kind: .http, host: "plain.kik.example", port: 80, path: "/")]),
                    Check(id: "mail", anyOf: [Target(kind: .tcp, host: "mail.kik.example", port: 25)]),
                    Check(id: "socket", anyOf: [Target(kind: .wss, host: "socket.kik.example", port: 443, path: "/")]),
                ]),
        ])
    static let canaries = [
        Target(kind: .https, host: "canary.example", port: 443, path: "/"), Target(kind: .dns, host: "name.example", port: 0),
    ]

    /// curl's answer to a GET: the HTTP status, or `exit N`.
    private func status(_ url: String, _ endpoints: Playground.Endpoints, _ more: String...) async throws -> String {
        var arguments = ["-sS", "-o", "/dev/null", "-w", "%{http_code}", "--cacert", endpoints.authorityPath, "--noproxy", "*"]
        for place in endpoints.redirections {
            arguments += ["--connect-to", "\(place.host):\(place.port):\(place.toHost):\(place.toPort)"]
        }
        let outcome = try await run("curl", arguments + more + [url], limit: .seconds(30))
        return outcome.status == 0 ? outcome.output : "exit \(outcome.status)"
    }

    /// A TLS handshake with full checks; says Kik's opening and returns what came back.
    private func hello(_ host: String, _ port: Int, _ endpoints: Playground.Endpoints) async throws -> Outcome {
        let place = try #require(endpoints.redirections.first { $0.host == host && $0.port == port })
        let script = """
            import socket, ssl, sys
            context = ssl.create_default_context(cafile=sys.argv[3])
            with socket.create_connection(("127.0.0.1", int(sys.argv[2])), 20) as raw:
                with context.wrap_socket(raw, server_hostname=sys.argv[1]) as tls:
                    tls.sendall(b'<k anon="">')
                    sys.stdout.write(tls.recv(100).decode())
            """
        return try await run(python, ["-c", script, host, String(place.toPort), endpoints.authorityPath], limit: .seconds(30))
    }

    /// A websocket upgrade over TLS; the status that answers it when the answer is valid.
    private func upgrade(_ host: String, _ endpoints: Playground.Endpoints) async throws -> Outcome {
        let place = try #require(endpoints.redirections.first { $0.host == host })
        let script = """
            import asyncio, ssl, sys, websockets
            async def main():
                context = ssl.create_default_context(cafile=sys.argv[3])
                socket = await websockets.connect(f"wss://{sys.argv[1]}/", host="127.0.0.1", port=int(sys.argv[2]), ssl=context)
                sys.stdout.write(str(socket.response.status_code))
                socket.transport.abort()
            asyncio.run(main())
            """
        return try await run(python, ["-c", script, host, String(place.toPort), endpoints.authorityPath], limit: .seconds(30))
    }

    private func turn(_ id: String, _ state: LabState, _ endpoints: Playground.Endpoints) async throws {
        let outcome = try await run(
            "curl",
            [
                "-sS", "--noproxy", "*", "-w", "%{http_code}", "-X", "PUT", "-d", #"{"state":"\#(state.rawValue)"}"#,
                "\(endpoints.page)lab/services/\(id)",
            ])
        #expect(outcome.output == #"{"id":"\#(id)","state":"\#(state.rawValue)"}200"#)
    }

    @Test("services answer with certificates that hold under their real names, and only under those")
    func up() async throws {
        try await withPlayground(services: [LabTests.service], canaries: LabTests.canaries) { endpoints in
            let doors = endpoints.redirections.map { "\($0.host):\($0.port)" }
            #expect(
                doors == [
                    "talk.kik.example:443", "talk.kik.example:5223", "ws.kik.example:443", "plain.kik.example:80",
                    "mail.kik.example:25", "socket.kik.example:443", "canary.example:443",
                ])
            #expect(try await hello("talk.kik.example", 5223, endpoints).output == #"<k ok="1" ts="0">"#)
            let statuses = try await [
                status("https://ws.kik.example/p", endpoints), status("https://ws.kik.example/gone", endpoints),
                status("http://plain.kik.example/", endpoints), status("https://canary.example/", endpoints),
            ]
            #expect(statuses == ["200", "404", "200", "200"])
            #expect(try await upgrade("socket.kik.example", endpoints).output == "101")

            let talk = try #require(endpoints.redirections.first)
            for (name, isTrusted) in [("talk.kik.example", true), ("canary.example", false)] {
                let outcome = try await run(
                    "openssl",
                    [
                        "s_client", "-connect", "127.0.0.1:\(talk.toPort)", "-servername", name, "-verify_hostname", name,
                        "-CAfile", endpoints.authorityPath, "-verify_return_error", "-brief",
                    ])
                #expect((outcome.status == 0) == isTrusted, "\(outcome.output)")
            }
        }
    }

    @Test("down refuses, and coming back is at the same port")
    func down() async throws {
        try await withPlayground(services: [LabTests.service], canaries: LabTests.canaries) { endpoints in
            for _ in 0..<3 {
                try await turn("kik", .down, endpoints)
                // 7: curl could not connect.
                #expect(try await status("https://ws.kik.example/p", endpoints) == "exit 7")
                #expect(try await hello("talk.kik.example", 443, endpoints).output.contains("ConnectionRefusedError"))
                #expect(try await status("https://canary.example/", endpoints) == "200")
                try await turn("kik", .up, endpoints)
                #expect(try await status("https://ws.kik.example/p", endpoints) == "200")
                #expect(try await hello("talk.kik.example", 443, endpoints).output == #"<k ok="1" ts="0">"#)
            }
        }
    }

    @Test("blocked answers 403, and a bare TLS host hangs up after the handshake")
    func blocked() async throws {
        try await withPlayground(services: [LabTests.service], canaries: LabTests.canaries) { endpoints in
            try await turn("kik", .blocked, endpoints)
            #expect(try await status("https://ws.kik.example/p", endpoints) == "403")
            #expect(try await status("http://plain.kik.example/", endpoints) == "403")
            let outcome = try await hello("talk.kik.example", 443, endpoints)
            #expect(!outcome.output.contains("<k") && !outcome.output.contains("Refused"))
            try await turn("internet", .blocked, endpoints)
            #expect(try await status("https://canary.example/", endpoints) == "403")
        }
    }

    @Test("slow answers late")
    func slow() async throws {
        try await withPlayground(services: [LabTests.service], slowness: .milliseconds(700)) { endpoints in
            try await turn("kik", .slow, endpoints)
            let answer = try await status("https://ws.kik.example/p", endpoints, "-w", "%{http_code} %{time_total}")
            let words = answer.split(separator: " ")
            #expect(words.first == "200")
            #expect(try #require(words.last.flatMap { Double($0) }) >= 0.7)
        }
    }

    @Test("a slow service holds up nobody else, and whoever waits for it is cut off when it changes")
    func slowAlone() async throws {
        try await withPlayground(services: [LabTests.service], canaries: LabTests.canaries, slowness: .seconds(600)) {
            endpoints in
            try await turn("kik", .slow, endpoints)
            async let waiting = status("https://ws.kik.example/p", endpoints)
            #expect(try await status("https://canary.example/", endpoints) == "200")
            try await turn("kik", .down, endpoints)
            // 7: refused, 35: cut off in the handshake; which one depends on when it connected.
            #expect(try await ["exit 7", "exit 35"].contains(waiting))
        }
    }

    @Test("changes that come at once happen one after the other")
    func atOnce() async throws {
        try await withPlayground(services: [LabTests.service]) { endpoints in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<12 {
                    group.addTask { try await turn("kik", LabState.allCases[number % 4], endpoints) }
                }
                try await group.waitForAll()
            }
            try await turn("kik", .up, endpoints)
            #expect(try await status("https://ws.kik.example/p", endpoints) == "200")
        }
    }

    @Test("unknown services and states are refused with what there is")
    func refused() async throws {
        try await withPlayground(services: [LabTests.service]) { endpoints in
            for (path, body, expected) in [
                ("nothing", #"{"state":"up"}"#, #"{"error":"no such service","services":["kik"]}404"#),
                ("kik", #"{"state":"sideways"}"#, #"{"error":"“state” must be one of up, slow, down, blocked"}400"#),
                ("kik", "[]", #"{"error":"the body must be a JSON object"}400"#),
            ] {
                let outcome = try await run(
                    "curl",
                    [
                        "-sS", "--noproxy", "*", "-w", "%{http_code}", "-X", "PUT", "-d", body,
                        "\(endpoints.page)lab/services/\(path)",
                    ])
                #expect(outcome.output == expected)
            }
        }
    }

    @Test("the keys are gone when the playground has stopped")
    func keys() async throws {
        var path = ""
        try await withPlayground(services: [LabTests.service]) { endpoints in
            path = endpoints.authorityPath
            #expect(FileManager.default.fileExists(atPath: path))
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
