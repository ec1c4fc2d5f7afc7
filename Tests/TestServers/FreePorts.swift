/// Two ports that were free a moment ago, for programs that must be told theirs.
public func twoFreePorts() throws -> (Int, Int) {
    let (first, second) = (try LoopbackSocket(isListening: false), try LoopbackSocket(isListening: false))
    return (first.port, second.port)
}
