/// Two ports that were free a moment ago, for programs that must be told theirs.
///
/// Below the range from which the kernel takes ports for connections (32768 on, `ip_local_port_range` in ip(7)): there any connection
/// of another test could be given the port meanwhile, and keep it for a minute after its end.
public func twoFreePorts() throws -> (Int, Int) {
    let (first, second) = (try freePort(), try freePort())
    return (first.port, second.port)
}

private func freePort() throws -> LoopbackSocket {
    var attempts = 100
    while true {
        do {
            return try LoopbackSocket(isListening: false, port: .random(in: 20_000..<32_768))
        } catch {
            attempts -= 1
            if attempts == 0 { throw error }
        }
    }
}
