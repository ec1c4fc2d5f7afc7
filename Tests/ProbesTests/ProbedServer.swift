import Certificates
import Foundation
import Glibc
import HTTP
import Probes
import Status
import TestServers

/// nginx in the parts that probes meet, behind the names of `.example`.
struct ProbedServer: Sendable {
    static let shared = Result { try ProbedServer() }

    let prober: Prober
    private let http: HTTPClient
    let silent: LoopbackSocket
    private let nginx: Nginx

    private init() throws {
        let folder = try TemporaryFolder()
        let authority = try CertificateAuthority(in: folder.url.appending(path: "authority"))
        let stranger = try CertificateAuthority(in: folder.url.appending(path: "stranger"))
        let identities = [
            "good": try authority.issue(for: ["good.example"]),
            "expired": try authority.issue(for: ["expired.example"], days: -1),
            "stranger": try stranger.issue(for: ["stranger.example"]),
        ]
        let silent = try LoopbackSocket()
        let websocket = try CannedServer(answer: ProbedServer.granted("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
        let pretender = try CannedServer(answer: ProbedServer.granted("wrong"))
        let (plain, secure) = try twoFreePorts()
        let locations = ProbedServer.locations(websocket: websocket.port, pretender: pretender.port, silent: silent.port)
        let servers = identities.map { name, identity in
            """
                server {
                    listen 127.0.0.1:\(secure) ssl http2 \(name == "good" ? "default_server" : "");
                    server_name \(name).example;
                    ssl_certificate \(identity.certificate.path(percentEncoded: false)); ssl_certificate_key \(identity.key.path(percentEncoded: false));
            \(locations)
                }
            """
        }
        let plainServer = "server { listen 127.0.0.1:\(plain); server_name good.example; \(locations) }"
        // 30 MB that take no place on the disk.
        let big = folder.url.appending(path: "big").path(percentEncoded: false)
        try Data().write(to: folder.url.appending(path: "big"))
        truncate(big, 30 << 20)
        nginx = try Nginx(in: folder, servers: (servers + [plainServer]).joined(separator: "\n"))
        self.silent = silent
        self.websocket = websocket
        self.pretender = pretender

        let tlsNames = ["good", "expired", "stranger", "wrong"]
        let network = Network(
            connectTo: [Network.Redirection(host: "good.example", port: 80, toHost: "127.0.0.1", toPort: plain)]
                + tlsNames.map { Network.Redirection(host: "\($0).example", toHost: "127.0.0.1", toPort: secure) },
            certificateAuthority: authority.certificate.path(percentEncoded: false)
        )
        http = HTTPClient(network: network, userAgent: "test/1")
        prober = Prober(http: http)
    }

    /// A prober that believes it is later than it is.
    func prober(ahead hours: Int64) -> Prober {
        Prober(http: http, now: { Prober.wallClock() + hours * 3_600 })
    }

    private let websocket: CannedServer
    private let pretender: CannedServer

    private static func granted(_ accept: String) -> String {
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: \(accept)\r\n\r\n"
    }

    private static func locations(websocket: Int, pretender: Int, silent: Int) -> String {
        func upgraded(_ port: Int) -> String {
            "proxy_pass http://127.0.0.1:\(port); proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; "
                + "proxy_set_header Connection $connection_upgrade; proxy_set_header Sec-WebSocket-Key $http_sec_websocket_key;"
        }
        return """
                    root .; set $connection_upgrade upgrade; absolute_redirect off;
                    location = / { return 200 "hello"; }
                    location ~ ^/status/(200|204)$ { return 200 "well"; }
                    location = /moved { return 302 /; }
                    location = /protocol { return 200 $server_protocol; }
                    location = /big { default_type text/html; }
                    location = /drip { alias big; limit_rate 1k; }
                    location = /loop { return 302 /loop; }
                    location = /json { return 200 '{"ok":true,"count":3,"nothing":null,"data":[{"state":"off"},{"state":"on"}]}'; }
                    location = /401 { return 401; }
                    location = /403 { return 403; }
                    location = /407 { return 407; }
                    location = /404 { return 404; }
                    location = /429 { return 429; }
                    location = /451 { return 451; }
                    location = /500 { return 500; }
                    location = /503 { return 503; }
                    location = /mitigated { add_header Cf-Mitigated challenge always; return 403; }
                    location = /waf { add_header X-Amzn-Waf-Action challenge always; return 202; }
                    location = /silent { proxy_pass http://127.0.0.1:\(silent); }
                    location = /websocket { \(upgraded(websocket)) }
                    location = /pretender { \(upgraded(pretender)) }
            """
    }
}

extension ProbeResult {
    /// What does not depend on the clock or on a port.
    var essence: Essence { Essence(outcome: outcome, phase: phase, status: status, detail: detail) }

    struct Essence: Hashable {
        var outcome: Outcome
        var phase: Phase?
        var status: Int?
        var detail = ""
    }
}
