import Timing

/// What others than our probes say of a service at a moment: the provider, pages, people.
struct OtherEvidence {
    /// The worst that a feed says, and which; a word that merely acknowledges what is over is passed over.
    var official: (source: String, word: OfficialWord)?
    /// A feed's word that acknowledges, late, what is over.
    var late: (source: String, word: OfficialWord)?
    var pagesUp = 0
    var pagesDown = 0
    var people = Crowd.Standing()

    /// Pages that fetch what others say count only in company.
    static let pageQuorum = 2

    /// Our own probes have just seen a trouble end, of which pages and people may still speak.
    var isAftermath = false

    /// Nobody says anything.
    init() {}

    init(of evidence: ServiceEvidence, at now: Instant, staleAfter age: Duration) {
        for (source, said) in evidence.feeds.sorted(by: { $0.key < $1.key })
        where said.heard.duration(to: now) <= age && said.word != .unknown {
            if said.word.isTrouble, evidence.isLate(said) {
                late = (source, said.word)
            } else if official.map({ $0.word.severity < said.word.severity }) ?? true {
                official = (source, said.word)
            }
        }
        for said in evidence.pages.values where said.heard.duration(to: now) <= age {
            switch said.word {
            case .up: pagesUp += 1
            case .down: pagesDown += 1
            case .unknown: break
            }
        }
        people = evidence.crowd.standing(at: now)
        isAftermath = evidence.isAftermath(at: now)
    }

    /// At least two pages agree, and more than contradict them.
    var pagesSayDown: Bool { pagesDown >= Self.pageQuorum && pagesDown > pagesUp }
    var pagesSayUp: Bool { pagesUp >= Self.pageQuorum && pagesUp > pagesDown }

    /// How many families say that something is wrong with all of it.
    var familiesForDown: Int {
        let official = official.map { $0.word == .major || $0.word == .critical } ?? false
        guard !isAftermath else { return official ? 1 : 0 }
        return (official ? 1 : 0) + (pagesSayDown ? 1 : 0) + (people.isSignificant ? 1 : 0)
    }

    /// What each says, for the log-odds; `trust` weighs the silence of the provider.
    func testimonies(trust: SourceTrust) -> [Testimony] {
        var testimonies: [Testimony] = []
        if let official {
            let weight = official.word == .none ? trust.weightOfSilence : 1
            testimonies.append(
                Testimony(
                    source: .feed, gone: Likelihood.official(official.word).gone * weight,
                    troubled: Likelihood.official(official.word).troubled * weight))
        }
        if pagesSayUp || (pagesSayDown && !isAftermath) {
            let odds = LogOdds(pagesSayDown ? 2 : -1)
            testimonies.append(Testimony(source: .page, gone: odds, troubled: odds))
        }
        if people.wantsLook, !isAftermath {
            let odds = LogOdds(people.isOverwhelming ? 4 : people.isSignificant ? 2.5 : 0.7)
            testimonies.append(Testimony(source: .report, gone: odds, troubled: odds))
        }
        return testimonies
    }

    /// What is said, as reasons: those that speak of trouble, and those that do not.
    var reasons: (trouble: [Reason], calm: [Reason]) {
        var trouble: [Reason] = []
        var calm: [Reason] = []
        if let late { calm.append(.official(source: late.source, word: late.word)) }
        if let official {
            let reason = Reason.official(source: official.source, word: official.word)
            if official.word == .none { calm.append(reason) } else { trouble.append(reason) }
        }
        if pagesUp + pagesDown > 0 {
            let reason = Reason.pages(down: pagesDown, of: pagesUp + pagesDown)
            if pagesDown > 0 { trouble.append(reason) } else { calm.append(reason) }
        }
        // One other person who asks means nothing.
        if people.wantsLook { trouble.append(.people(count: people.people)) }
        return (trouble, calm)
    }
}

extension OfficialWord {
    /// How bad it is; maintenance outranks what is merely well.
    var severity: Int {
        switch self {
        case .unknown: 0
        case .none: 1
        case .maintenance: 2
        case .minor: 3
        case .major: 4
        case .critical: 5
        }
    }
}
