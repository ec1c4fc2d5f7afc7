extension Reason {
    /// The reason for operators and their programs, terse and in English; people in chats read `Responses/`.
    public var plainText: String {
        switch self {
        case .answers(let component, let milliseconds): "probe: \(component) answers in \(milliseconds) ms"
        case .slow(let component, let milliseconds): "probe: \(component) is slow, \(milliseconds) ms"
        case .blocked(let component): "probe: \(component) answers and refuses us"
        case .silent(let component, let phase, let failed, let of):
            "probe: \(component) is silent, \(failed) of \(of) failed (\(phase.rawValue))"
        case .partlySilent(let component, let check): "probe: \(component) is silent by way of \(check)"
        case .recovering(let component): "probe: \(component) answers again, not confirmed"
        case .unconfirmed(let component): "probe: \(component) failed just now, not confirmed"
        case .familySilent(let component, let family): "probe: \(component) is silent over IP\(family.rawValue)"
        case .unstable(let component, let changes): "probe: \(component) changed \(changes) times in 21 looks"
        case .official(let source, let word): "feed: \(source) says \(word.rawValue)"
        case .pages(let down, let of): "page: \(down) of \(of) say down"
        case .people(let count): "report: \(count) people"
        case .places(let failing, let of): "probe: fails from \(failing) of \(of) places"
        case .blind(let failed, let of): "canary: \(failed) of \(of) fail, our own network"
        case .stale: "evidence is too old"
        case .noEvidence: "no evidence"
        }
    }
}
