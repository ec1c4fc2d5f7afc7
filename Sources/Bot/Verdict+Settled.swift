import Status

extension StatusBoard.Input {
    /// Whether what is believed of a service may have changed with it.
    func mayConcern(_ service: ServiceID) -> Bool {
        switch self {
        case .probed(let one, _, _, _), .officialSaid(let one, _, _), .pageSaid(let one, _, _), .personSaid(let one, _, _):
            one == service
        case .canaryAnswered, .asked, .catalogueChanged, .tick: true
        }
    }
}

extension Verdict {
    /// Whether more of the same evidence would hardly change it: something was seen, and nothing waits for confirmation.
    var isSettled: Bool {
        !because.contains { $0.isProvisional } && !against.contains { $0.isProvisional }
    }
}

extension Reason {
    fileprivate var isProvisional: Bool {
        switch self {
        case .noEvidence, .unconfirmed, .recovering, .stale: true
        case .answers, .slow, .blocked, .silent, .partlySilent, .familySilent, .unstable, .blind, .official, .pages, .people,
            .places:
            false
        }
    }
}
