import Foundation

/// Bot tokens in Discord's shape: the bot's id in base64, and two parts that mean nothing here.
enum BotToken {
    static func make(for bot: Snowflake) -> String {
        let head = Data(bot.description.utf8).base64EncodedString().replacing("=", with: "")
        return "\(head).\(LocalGateway.random(6)).\(LocalGateway.random(38))"
    }

    /// The bot that a token says it belongs to; nil for a token of another shape.
    static func bot(of token: String) -> Snowflake? {
        guard let head = token.split(separator: ".").first, token.contains(".") else { return nil }
        let padded = String(head) + String(repeating: "=", count: (4 - head.count % 4) % 4)
        return Data(base64Encoded: padded).flatMap { Snowflake(String(decoding: $0, as: UTF8.self)) }
    }
}
