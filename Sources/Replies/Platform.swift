/// What the app runs on. The raw values name sections in `Responses/`.
public enum Platform: String, Sendable, CaseIterable {
    case android, ios, windows, mac, web
    case windowsPhone = "windows-phone"

    /// The platform that a message names, in the words people use in every language; nil when it names none or several.
    public init?(namedIn text: String) {
        let words = SpokenWords(text)
        let named = Platform.allCases.filter { Self.spokenNames[$0, default: []].contains(where: words.contain) }
        // “Windows Phone” names Windows too; the longer name is meant.
        let meant = named.contains(.windowsPhone) ? named.filter { $0 != .windows } : named
        guard let only = meant.first, meant.count == 1 else { return nil }
        self = only
    }

    private static let spokenNames: [Platform: [SpokenWords]] = [
        .android: ["android", "samsung", "galaxy", "pixel", "xiaomi", "huawei", "oneplus", "motorola"],
        .ios: ["ios", "iphone", "ipad"],
        .windows: ["windows", "pc"],
        .mac: ["mac", "macbook", "macos", "imac"],
        .web: ["browser", "chrome", "firefox", "safari"],
        .windowsPhone: ["windows phone", "winphone", "lumia"],
    ].mapValues { $0.map(SpokenWords.init) }
}
