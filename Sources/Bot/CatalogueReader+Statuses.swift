import Diagnostics

extension Diagnostics {
    /// HTTP statuses: one, a span like `200-499`, or a list of both.
    mutating func statuses(_ value: YAMLValue) -> Set<Int>? {
        let items = value.isList ? list(value) : [value]
        var statuses: Set<Int> = []
        for item in items {
            guard let text = string(item) else { return nil }
            guard let span = statusSpan(text) else {
                let remedy = "Write a status like 200, a span like 200-499, or a list of both."
                report(item.diagnostic("“\(text)” is no HTTP status (100 to 599).", remedy: remedy))
                return nil
            }
            statuses.formUnion(span)
        }
        guard !statuses.isEmpty else {
            report(value.diagnostic("“\(value.path)” needs a status."))
            return nil
        }
        return statuses
    }
}

private func statusSpan(_ text: String) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil else { return nil }
    guard first <= last, first >= 100, last <= 599 else { return nil }
    return first...last
}
