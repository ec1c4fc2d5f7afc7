import Certificates
import Discord
import DiscordClient
import Foundation
import Playground
import TestServers
import Testing

/// The gateway over TLS: nginx before the local Discord, with certificates of a local authority.
@Suite("The gateway over wss", .timeLimit(.minutes(1)))
struct SecureGatewayTests {
    private let folder: TemporaryFolder
    private let authority: CertificateAuthority
    private let port: Int

    init() throws {
        folder = try TemporaryFolder()
        authority = try CertificateAuthority(in: folder.url.appending(path: "authority"))
        port = try twoFreePorts().0
    }

    private func stage() async throws -> Stage {
        var discord = Playground.DiscordSettings()
        discord.gatewayURL = "wss://localhost:\(port)"
        return try await Stage(
            discord: discord, compression: .zstdStream, certificateAuthority: authority.certificate.path(percentEncoded: false))
    }

    private func front(_ stage: Stage, _ certificate: URL, _ key: URL) throws -> Nginx {
        try Nginx(
            in: folder,
            servers: Nginx.tlsFront(
                on: port, before: stage.endpoints.port, certificate: certificate.path(percentEncoded: false),
                key: key.path(percentEncoded: false)))
    }

    @Test("is used like any other, and resumed, when its certificate is good")
    func good() async throws {
        let stage = try await stage()
        let identity = try authority.issue(for: ["localhost"])
        let nginx = try front(stage, identity.certificate, identity.key)
        try await stage.play { events in
            _ = try await events.ready()
            try await stage.fault("drop_connections")
            try await events.resumed()
            let said = try await stage.say("is kik down?")
            #expect(try await events.message().id == said)
        }
        withExtendedLifetime(nginx) {}
    }

    enum Flaw: String, CaseIterable, Sendable {
        case wrongHost = "hostname mismatch"
        case expired = "certificate has expired"
        case selfSigned = "self-signed certificate"
    }

    @Test("is refused, with the reason in the log, and gets no token, when its certificate is not good", arguments: Flaw.allCases)
    func refused(flaw: Flaw) async throws {
        let stage = try await stage()
        let (certificate, key) = try flawed(flaw)
        let nginx = try front(stage, certificate, key)
        try await stage.play { _ in
            let line = await stage.alarms.first { $0.contains("certificate") }
            #expect(line?.contains(flaw.rawValue) == true, "\(line ?? "nothing was logged")")
            let opened = try await stage.count("sockets_opened")
            #expect(opened == 0)
            #expect(stage.book.current.standing == .connecting)
        }
        withExtendedLifetime(nginx) {}
    }

    private func flawed(_ flaw: Flaw) throws -> (URL, URL) {
        switch flaw {
        case .wrongHost:
            let identity = try authority.issue(for: ["other.example"])
            return (identity.certificate, identity.key)
        case .expired:
            let identity = try authority.issue(for: ["localhost"], days: -1)
            return (identity.certificate, identity.key)
        case .selfSigned:
            let identity = try authority.selfSigned(for: "localhost")
            return (identity.certificate, identity.key)
        }
    }
}
