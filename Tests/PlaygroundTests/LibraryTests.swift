import Certificates
import Foundation
import Playground
import TestServers
import Testing

/// Other people's bot libraries, all through one script, with Discord's own limits.
@Suite("Libraries on the playground")
struct LibraryTests {
    @Test(
        "a library talks, waits when it is told to, resumes, and identifies again",
        arguments: ["discord_py", "hikari_bot"], ["none", "zlib-stream", "zstd-stream"])
    func script(library: String, transport: String) async throws {
        try await withPlayground(discord: Playground.DiscordSettings()) { endpoints in
            let outcome = try await runClient("script", endpoints, library, transport)
            #expect(outcome.status == 0, "\(outcome.output)")
        }
    }

    @Test("nginx in front of it makes it wss, for a client that knows the authority and for nobody else")
    func front() async throws {
        try await withFront { endpoints, front in
            let outcome = try await runClient(
                "tls_front", endpoints, front.authority, environment: ["ISITDOWN_TEST_API": front.api])
            #expect(outcome.status == 0, "\(outcome.output)")
        }
    }

    @Test("a library does all of it over TLS, too", arguments: [("discord_py", "zstd-stream"), ("hikari_bot", "zlib-stream")])
    func libraryOverTLS(library: String, transport: String) async throws {
        try await withFront { endpoints, front in
            let environment = ["ISITDOWN_TEST_API": front.api, "SSL_CERT_FILE": front.authority]
            let outcome = try await runClient("script", endpoints, library, transport, environment: environment)
            #expect(outcome.status == 0, "\(outcome.output)")
        }
    }

    private struct Front {
        let api: String
        /// PEM file with the authority to trust.
        let authority: String
    }

    /// A playground that names nginx's address as its gateway, and nginx before it.
    private func withFront(_ body: (Playground.Endpoints, Front) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let authority = try CertificateAuthority(in: folder.url.appending(path: "authority"))
        let identity = try authority.issue(for: ["localhost"])
        let (port, _) = try twoFreePorts()
        var settings = Playground.DiscordSettings()
        settings.gatewayURL = "wss://localhost:\(port)"
        try await withPlayground(discord: settings) { endpoints in
            let nginx = try Nginx(
                in: folder,
                servers: Nginx.tlsFront(
                    on: port, before: endpoints.port, certificate: identity.certificate.path(percentEncoded: false),
                    key: identity.key.path(percentEncoded: false)))
            try await body(
                endpoints,
                Front(
                    api: "https://localhost:\(port)/api/v10", authority: authority.certificate.path(percentEncoded: false)))
            withExtendedLifetime(nginx) {}
        }
    }
}
