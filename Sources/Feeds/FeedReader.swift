public import Status

/// Reads official status feeds. Any bytes have a report; what cannot be understood is `unknown`, never green and never red.
public struct FeedReader: Sendable {
    /// The format; nil to tell it from the body.
    public var kind: FeedKind?
    /// As of when it is judged: what begins later has not begun.
    public var at: Timestamp
    /// The parts that count, by name, in whatever case; all if there are none. A `*` at an end of a name stands for anything, and names
    /// with a `!` before them are left out.
    public var components: [String]
    /// Where the body is from, if known; it tells the kind where the body does not, such as in an empty list.
    public var url: String?

    public init(kind: FeedKind? = nil, at: Timestamp, components: [String] = [], url: String? = nil) {
        self.kind = kind
        self.at = at
        self.url = url
        self.components = components
    }

    /// What a body says.
    public func report(of body: [UInt8]) -> FeedReport {
        guard let text = FeedText.read(body) else { return FeedReport(kind: kind) }
        var reading = FeedReading(at: at, wanted: components, home: url.flatMap(FeedKind.init(url:)))
        var report = reading.report(of: text, as: kind) ?? FeedReport(kind: kind)
        report.unknownWords = reading.unknownWords
        report.incidents = report.incidents.bounded
        report.components = report.components.bounded
        report.maintenances = report.maintenances.bounded
        return report
    }
}

/// One body on its way to a report.
struct FeedReading {
    let at: Timestamp
    /// The kind that the body's address is known for.
    let home: FeedKind?
    private let wanted: [FeedComponentName]
    private let unwanted: [FeedComponentName]
    private(set) var unknownWords: [String: Int] = [:]

    init(at: Timestamp, wanted: [String], home: FeedKind? = nil) {
        self.at = at
        self.home = home
        self.wanted = wanted.filter { !$0.hasPrefix("!") }.map { FeedComponentName($0[...]) }
        unwanted = wanted.filter { $0.hasPrefix("!") }.map { FeedComponentName($0.dropFirst()) }
    }

    /// The verdict for a word of a feed. A word that is not in the list is unknown, and counted.
    mutating func verdict(_ word: String?, _ words: [String: FeedVerdict]) -> FeedVerdict {
        guard let word else { return .unknown }
        if let verdict = words[word.lowercased()] { return verdict }
        if unknownWords.count < 100 || unknownWords[word] != nil { unknownWords[word, default: 0] += 1 }
        return .unknown
    }

    /// Whether a part of a feed counts.
    func counts(_ name: String) -> Bool {
        (wanted.isEmpty || wanted.contains { $0.matches(name) }) && !unwanted.contains { $0.matches(name) }
    }

    var hasFilter: Bool { !wanted.isEmpty || !unwanted.isEmpty }

    /// The report of a format that has a word for the whole page beside its components: the worst of both; of the wanted components alone
    /// where some are chosen. Without any of those it is unknown.
    func folded(
        _ kind: FeedKind, page: FeedVerdict?, _ components: [FeedReport.Component], _ incidents: [FeedReport.Incident] = [],
        _ maintenances: [FeedReport.Maintenance] = []
    ) -> FeedReport {
        let counted = components.filter { counts($0.name) }
        let verdicts = counted.map(\.verdict) + (hasFilter ? [] : [page].compactMap(\.self))
        return FeedReport(
            kind: kind, verdict: verdicts.worst ?? .unknown, incidents: incidents, components: counted, maintenances: maintenances
        )
    }

    /// The report of a format that lists what is wrong and nothing else: an empty list is good news.
    func listed(
        _ kind: FeedKind, _ incidents: [FeedReport.Incident], _ maintenances: [FeedReport.Maintenance] = [],
        components: [FeedReport.Component] = []
    ) -> FeedReport {
        let verdicts =
            incidents.map { $0.verdict ?? .degraded } + (maintenances.contains(where: \.isRunning) ? [.maintenance] : [])
            + components.map(\.verdict)
        return FeedReport(
            kind: kind, verdict: ([.operational] + verdicts).worst ?? .operational, incidents: incidents, components: components,
            maintenances: maintenances)
    }
}

extension Array where Element: Hashable {
    /// Each once, as often as it may be told, and no more than a report has.
    fileprivate var bounded: [Element] {
        var seen: Set<Element> = []
        var kept: [Element] = []
        for element in self where kept.count < FeedLimits.records && seen.insert(element).inserted { kept.append(element) }
        return kept
    }
}

extension [FeedReport.Component] {
    /// Adds a component. Where two have one id the worse is kept: which of them is right nobody knows, and green must not hide red.
    mutating func add(_ component: FeedReport.Component, _ places: inout [String: Int]) {
        guard let place = places[component.id] else {
            places[component.id] = count
            append(component)
            return
        }
        if [self[place].verdict, component.verdict].worst != self[place].verdict { self[place] = component }
    }
}
