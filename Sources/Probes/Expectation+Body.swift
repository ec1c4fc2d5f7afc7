import Feeds
import Status

extension Check.Expectation {
    /// What is missing in a body, a clause without full stop; nil when nothing is. Nothing of the body stands in it.
    func complaint(about body: [UInt8]) -> String? {
        if let text, !body.contains(Array(text.utf8)) { return "the page lacks “\(text)”" }
        guard !json.isEmpty else { return nil }
        guard let page = JSONPage(body) else { return "the page is no JSON" }
        return json.first { !page.has($0) }.map { "“\($0.path)” is not “\($0.value)”" }
    }
}
