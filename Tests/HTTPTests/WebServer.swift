import Certificates
import Foundation
import HTTP
import TestServers

/// nginx with everything that the tests of the client ask for, and the network that leads to it.
///
/// `plain.example` speaks HTTP, `secure.example` HTTPS with HTTP/2; `expired.example`, `stranger.example` and whatever else is
/// asked of the TLS port show the certificates that tests of refusals need.
struct WebServer: Sendable {
    static let shared = Result { try WebServer() }

    let authority: CertificateAuthority
    /// Leads every `.example` name here and trusts the authority.
    let network: Network
    let plainPort: Int
    let securePort: Int
    /// Takes connections and never answers.
    let silent: LoopbackSocket
    private let nginx: Nginx

    private init() throws {
        let folder = try TemporaryFolder()
        authority = try CertificateAuthority(in: folder.url.appending(path: "authority"))
        let stranger = try CertificateAuthority(in: folder.url.appending(path: "stranger"), name: "unknown authority")
        let silent = try LoopbackSocket()
        let (plainPort, securePort) = try twoFreePorts()
        try folder.makeSparseFile("files/huge", bytes: 1 << 30)
        try folder.makeSparseFile("files/squeezed", bytes: 64 << 20)
        let secure = try authority.issue(for: ["secure.example"])
        let expired = try authority.issue(for: ["expired.example"], days: -1)
        let unknown = try stranger.issue(for: ["stranger.example"])
        func tls(_ name: String, _ identity: CertificateAuthority.Identity) -> String {
            """
                server {
                    listen 127.0.0.1:\(securePort) ssl http2;
                    server_name \(name);
                    ssl_certificate \(identity.certificate.path(percentEncoded: false));
                    ssl_certificate_key \(identity.key.path(percentEncoded: false));
            \(WebServer.locations(silentPort: silent.port, plainPort: plainPort))
                }
            """
        }
        self.silent = silent
        self.plainPort = plainPort
        self.securePort = securePort
        nginx = try Nginx(
            in: folder,
            servers: """
                    server {
                        listen 127.0.0.1:\(plainPort);
                        server_name plain.example;
                \(WebServer.locations(silentPort: silent.port, plainPort: plainPort))
                    }
                \(tls("secure.example", secure))
                \(tls("expired.example", expired))
                \(tls("stranger.example", unknown))
                """
        )
        let names = ["plain", "secure", "expired", "stranger", "wrong"]
        network = Network(
            connectTo: names.map { name in
                let port = name == "plain" ? plainPort : securePort
                return Network.Redirection(host: "\(name).example", toHost: "127.0.0.1", toPort: port)
            },
            certificateAuthority: authority.certificate.path(percentEncoded: false)
        )
    }

    private static func locations(silentPort: Int, plainPort: Int) -> String {
        """
                    root files;
                    location /echo {
                        add_header X-Twice one;
                        add_header X-Twice two;
                        return 200 "$request_method $request_uri [$http_x_test] [$content_type] [$http_expect] [$http_user_agent]";
                    }
                    location /body {
                        proxy_pass http://127.0.0.1:\(plainPort)/body-back;
                        proxy_set_header X-Body "$request_body";
                    }
                    location /body-back { return 200 "$request_method $content_length [$content_type] $http_x_body"; }
                    location /connection { return 200 "$connection"; }
                    location /protocol { return 200 "$server_protocol"; }
                    location /missing { return 404 "no"; }
                    location /nothing { return 204; }
                    location /hop { return 302 /echo; }
                    location /loop { return 302 /loop; }
                    location /elsewhere { return 302 ftp://127.0.0.1/file; }
                    location /headers { add_header X-Long "\(String(repeating: "x", count: 3_000))"; return 200; }
                    location /squeezed { gzip on; gzip_types *; gzip_http_version 1.0; }
                    location /silent { proxy_pass http://127.0.0.1:\(silentPort); }
        """
    }

    func client(maxConnectionsPerHost: Int = 16, maxTransfers: Int = 200, maxWaiting: Int = 2_000) -> HTTPClient {
        HTTPClient(
            network: network,
            userAgent: "test/1",
            maxConnectionsPerHost: maxConnectionsPerHost,
            maxTransfers: maxTransfers,
            maxWaiting: maxWaiting
        )
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}

extension HTTPClient {
    /// The error that a request ends with; nil when it succeeds.
    func failure(of request: HTTPRequest) async -> HTTPError? {
        do throws(HTTPError) {
            _ = try await perform(request)
            return nil
        } catch {
            return error
        }
    }
}
