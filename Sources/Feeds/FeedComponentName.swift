/// The name of a component, or its beginning, its end or its middle: `Gmail`, `iCloud*`, `*Fortnite*`; in whatever case.
struct FeedComponentName: Sendable {
    private let core: String
    private let isOpenAtStart: Bool
    private let isOpenAtEnd: Bool

    init(_ pattern: Substring) {
        isOpenAtStart = pattern.hasPrefix("*")
        isOpenAtEnd = pattern.dropFirst(isOpenAtStart ? 1 : 0).hasSuffix("*")
        core = pattern.dropFirst(isOpenAtStart ? 1 : 0).dropLast(isOpenAtEnd ? 1 : 0).lowercased()
    }

    func matches(_ name: String) -> Bool {
        let name = name.lowercased()
        return switch (isOpenAtStart, isOpenAtEnd) {
        case (false, false): name == core
        case (false, true): name.hasPrefix(core)
        case (true, false): name.hasSuffix(core)
        case (true, true): core.isEmpty || name.contains(core)
        }
    }
}
