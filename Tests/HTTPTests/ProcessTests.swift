import Glibc
import HTTP
import TestServers
import Testing

/// What changes a whole process is tried in one of its own.
@Suite("A process of its own", .timeLimit(.minutes(1)))
struct ProcessTests {
    @Test("a proxy in the environment is not used")
    func proxies() async {
        await #expect(processExitsWith: .success) {
            // A dead proxy: whoever uses it gets no answer.
            let refusing = try LoopbackSocket(isListening: false)
            for name in ["http_proxy", "all_proxy", "HTTP_PROXY"] { setenv(name, "http://127.0.0.1:\(refusing.port)", 1) }
            let server = try CannedServer(answer: "HTTP/1.1 204 No Content\r\n\r\n")
            let response = try await HTTPClient(userAgent: "test/1").perform(
                HTTPRequest(.get, "http://127.0.0.1:\(server.port)/"))
            #expect(response.status == 204)
        }
    }

    @Test("a want of file descriptors is our fault, not the server's")
    func fileDescriptors() async {
        await #expect(processExitsWith: .success) {
            let server = try LoopbackSocket()
            let client = HTTPClient(userAgent: "test/1")
            #expect(await client.connect(to: "127.0.0.1", port: server.port, tls: false).failure == nil)
            var limit = rlimit(rlim_cur: 0, rlim_max: 0)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let failure = await client.connect(to: "127.0.0.1", port: server.port, tls: false).failure
            #expect(failure?.code == .outOfSockets)
            #expect(failure?.code.isOurs == true)
        }
    }
}
