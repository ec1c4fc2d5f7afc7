/// What a client asks for in the gateway's URL: `?v=10&encoding=json&compress=zlib-stream`.
struct GatewayParameters: Hashable, Sendable {
    let version: Int64
    let compression: Compression

    /// The failure is the code that the socket is closed with; Discord documents one for versions only.
    static func read(_ query: [String: String]) -> Result<GatewayParameters, GatewayCloseCode> {
        // Without a version Discord takes one that it has switched off.
        guard let version = query["v"].flatMap({ Int64($0) }), (9...10).contains(version) else {
            return .failure(.invalidVersion)
        }
        guard (query["encoding"] ?? "json") == "json", let compression = Compression(rawValue: query["compress"] ?? "none") else {
            return .failure(.decodeError)
        }
        return .success(GatewayParameters(version: version, compression: compression))
    }
}
