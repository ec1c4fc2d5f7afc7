import Diagnostics
public import Discord
import Foundation

extension Configuration.Discord {
    /// The token, from the environment or from its file.
    ///
    /// - Throws: one mistake that says where the token belongs.
    public func readToken() throws(Mistakes) -> Secret {
        if let token { return try checked(token.value, from: "ISITDOWN_DISCORD_TOKEN") }
        guard let tokenFile else {
            let remedy = """
                Set ISITDOWN_DISCORD_TOKEN, or ISITDOWN_DISCORD_TOKEN_FILE to a file that holds it. To look around without one: \
                isitdown playground.
                """
            throw Mistakes([Diagnostic(file: "isitdown", message: "There is no bot token.", remedy: remedy)])
        }
        let text: String
        do throws(Diagnostic) {
            text = try TextFile.read(tokenFile)
        } catch {
            throw Mistakes([error])
        }
        return try checked(text.trimmingCharacters(in: .whitespacesAndNewlines), from: tokenFile)
    }

    /// A token goes into a header line, so what cannot stand there is refused before anything is sent.
    private func checked(_ text: String, from place: String) throws(Mistakes) -> Secret {
        guard !text.isEmpty, text.utf8.count <= 512, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            let remedy = "Copy it anew from Discord's developer portal (Bot, Reset Token)."
            let message = "This is no bot token: a token is one word of letters, digits, dots and dashes."
            throw Mistakes([Diagnostic(file: place, message: message, remedy: remedy)])
        }
        return Secret(text)
    }
}
