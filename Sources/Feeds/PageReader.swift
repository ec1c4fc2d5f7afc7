public import Status

/// Reads pages of third parties by the signs that the catalogue gives. Where signs of both kinds are there, or none, it says nothing.
public struct PageReader: Sendable {
    private let source: PageSource

    public init(_ source: PageSource) {
        self.source = source
    }

    /// What a body says.
    public func word(of body: [UInt8]) -> PageWord {
        guard let text = FeedText.read(body) else { return .unknown }
        let page = Page(text: text, needsJSON: (source.up + source.down).contains { if case .json = $0 { true } else { false } })
        switch (source.up.contains(where: page.shows), source.down.contains(where: page.shows)) {
        case (true, false): return .up
        case (false, true): return .down
        case (true, true), (false, false): return .unknown
        }
    }

    private struct Page {
        let visible: String
        let json: FeedJSON?

        init(text: String, needsJSON: Bool) {
            visible = FeedMarkup.visible(text).lowercased()
            json = needsJSON ? FeedJSON(text) : nil
        }

        func shows(_ sign: PageSource.Sign) -> Bool {
            switch sign {
            case .text(let words): visible.contains(words.lowercased())
            case .json(let value): json?.has(value) ?? false
            }
        }
    }
}
