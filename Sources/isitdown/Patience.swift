/// What a command says when it keeps people waiting.
enum Patience {
    /// Says on standard error what is going on, once it has taken a second; cancel it when it is done.
    static func explain(_ what: String) async throws {
        try await Task.sleep(for: .seconds(1))
        complain("\(what) …")
    }
}
