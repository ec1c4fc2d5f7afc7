public import Status

/// The steps that may be offered now, from harmless to destructive.
///
/// While the fault is on the server's side nothing local is offered: people who reinstall during an outage lose their chats for
/// nothing. While we do not know, only what costs nothing.
public struct FixLadder: Hashable, Sendable {
    /// How far up the ladder a verdict allows people to be sent.
    public enum Reach: Sendable, CaseIterable {
        /// The servers are at fault: wait.
        case nothing
        /// The servers may be at fault: rungs 0 to 2.
        case harmless
        /// The servers seem fine, but something speaks against it: nothing that erases.
        case keepingChats
        /// The servers are fine.
        case everything

        public init(_ verdict: Verdict) {
            switch verdict.state {
            case .down, .partial, .maintenance: self = .nothing
            case .degraded, .unknown: self = .harmless
            case .up:
                let doubt = (verdict.because + verdict.against).map(\.doubt).max() ?? .none
                self =
                    switch doubt {
                    // Status pages are late: nothing is erased on their word alone.
                    case .none: verdict.isHearsay ? .keepingChats : .everything
                    case .some: .keepingChats
                    case .great: .harmless
                    }
            }
        }

        func allows(_ step: FixStep) -> Bool {
            switch self {
            case .nothing: false
            case .harmless: step.level <= 2 && !step.isDestructive
            case .keepingChats: !step.isDestructive
            case .everything: true
            }
        }
    }

    /// A few steps to show at once.
    public struct Page: Hashable, Sendable {
        /// The place of the first of `steps` on the ladder, counted from 1.
        public var firstNumber: Int
        public var steps: [FixStep]
        /// Whether the ladder goes on after them.
        public var hasMore: Bool

        public init(firstNumber: Int, steps: [FixStep], hasMore: Bool) {
            self.firstNumber = firstNumber
            self.steps = steps
            self.hasMore = hasMore
        }
    }

    /// More than three at a time nobody reads on a phone.
    public static let pageSize = 3

    public let reach: Reach
    /// In the order in which to try them.
    public let steps: [FixStep]
    private let order: [FixStep.ID]

    /// The ladder for a symptom whose steps are `order`.
    ///
    /// - Parameters:
    ///   - order: all steps against the symptom, the harmless ones first.
    ///   - verdict: what is known about the service's servers.
    ///   - platforms: what the person may be using: theirs when they named it, else all on which the service runs.
    public init(_ order: [FixStep], verdict: Verdict, platforms: Set<Platform>) {
        let reach = Reach(verdict)
        self.reach = reach
        self.order = order.map(\.id)
        steps = order.filter { reach.allows($0) && $0.exists(onAnyOf: platforms) }
    }

    /// The next steps after the one named, or the first ones: up to three that erase nothing, or a single one that does.
    ///
    /// A step that is no longer on this ladder still counts by its place in the whole order, so a changed verdict or a platform named
    /// late never repeats a step.
    public func page(after shown: FixStep.ID? = nil) -> Page {
        let remaining = steps.drop { !follows($0.id, shown) }
        let count =
            remaining.first?.isDestructive == true ? 1 : remaining.prefix(Self.pageSize).prefix { !$0.isDestructive }.count
        return Page(
            firstNumber: remaining.startIndex + 1,
            steps: Array(remaining.prefix(count)),
            hasMore: remaining.count > count
        )
    }

    private func follows(_ step: FixStep.ID, _ shown: FixStep.ID?) -> Bool {
        guard let shown, let last = order.firstIndex(of: shown), let place = order.firstIndex(of: step) else { return true }
        return place > last
    }
}

/// How much a reason speaks against “it works”.
private enum Doubt: Int, Comparable {
    case none, some, great

    static func < (left: Doubt, right: Doubt) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension Reason {
    fileprivate var doubt: Doubt {
        switch self {
        case .answers, .slow, .blocked, .familySilent: .none
        case .official(_, .none), .official(_, .unknown), .pages(down: 0, of: _): .none
        // A part that matters little can be gone while the service works, for days; and people ask on any day.
        case .silent, .partlySilent, .unstable, .people, .pages, .places: .some
        // They know of something that we may not see.
        case .official: .great
        // This may be the first sight of an outage, or none at all.
        case .recovering, .unconfirmed, .blind, .stale, .noEvidence: .great
        }
    }
}
