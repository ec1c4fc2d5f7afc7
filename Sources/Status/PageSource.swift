/// A page of a third party that watches the service, and how it is understood.
public struct PageSource: Hashable, Sendable {
    /// A sign by which a page is understood.
    public enum Sign: Hashable, Sendable {
        /// These words stand in what a reader sees of it, case aside.
        case text(String)
        /// It is JSON, and has this value.
        case json(Check.Expectation.JSONValue)
    }

    /// What it is called in evidence, and by people.
    public var name: String
    /// https only.
    public var url: String
    /// Any of them means that it calls the service up, unless one for `down` is there, too.
    public var up: [Sign]
    /// Any of them means that it calls the service down, unless one for `up` is there, too.
    public var down: [Sign]

    public init(name: String, url: String, up: [Sign], down: [Sign]) {
        self.name = name
        self.url = url
        self.up = up
        self.down = down
    }
}
