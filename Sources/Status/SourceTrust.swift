import Timing

/// How far a source of official news is believed, by its record: how late it admits what our own probes have confirmed, and how often it
/// never does.
///
/// A source that is silent says little in any case; one that was silent through earlier outages says nothing by it.
public struct SourceTrust: Hashable, Sendable {
    /// The school grades of status pages, by the mean delay of their acknowledgements: A below 15 minutes, B below 30, C below two hours, D below
    /// four, F beyond.
    public enum Grade: String, Sendable, CaseIterable {
        case a, b, c, d, f
    }

    /// What an outage counts that was never acknowledged.
    public static let missed = Duration.seconds(240 * 60)
    /// So many outages are remembered.
    public static let memory = 16

    /// The delays of the newest acknowledgements, oldest first.
    public private(set) var delays: [Duration] = []

    /// Nothing is known of it.
    public init() {}

    /// An outage is over; `delay` is how long after its confirmation the source admitted it, nil if it never did.
    public mutating func note(delay: Duration?) {
        delays.append(min(max(.zero, delay ?? Self.missed), Self.missed))
        if delays.count > Self.memory { delays.removeFirst() }
    }

    /// nil until there was an outage to judge it by.
    public var grade: Grade? {
        guard !delays.isEmpty else { return nil }
        let mean = delays.reduce(.zero, +) / delays.count
        return switch mean {
        case ..<Duration.seconds(15 * 60): .a
        case ..<Duration.seconds(30 * 60): .b
        case ..<Duration.seconds(120 * 60): .c
        case ..<Duration.seconds(240 * 60): .d
        default: .f
        }
    }

    /// How much of its silence counts, 0 ... 1.
    var weightOfSilence: Double {
        switch grade {
        case nil: 0.5
        case .a: 1
        case .b: 0.7
        case .c: 0.3
        case .d, .f: 0
        }
    }
}
