import Status
import Timing

/// Puts one scene of a dialogue into words.
struct TriageWriter {
    let triage: Triage
    let service: Service
    let verdict: Verdict
    let now: Instant
    let voice: Voice
    let desk: TriageDesk
    let isTold: Bool

    func tone(of scene: TriageDesk.Scene) -> Reply.Tone {
        switch scene {
        case .waiting: StatusReport(service: service, verdict: verdict, now: now, voice: voice).tone
        case .fixed: .good
        case .loss, .store: .uneasy
        default: .neutral
        }
    }

    func paragraphs(of scene: TriageDesk.Scene) -> [String?] {
        switch scene {
        case .question(let question, let asked):
            let left = ["count": String(Triage.mostQuestions)]
            let lead = asked == 0 ? voice.say("triage.md", desk.isUnsure ? "lead-unsure" : "lead", left) : nil
            return [lead, voice.say("triage/\(question.id).md", "question").map { "**\($0)**" }]
        case .device: return [voice.say("triage.md", "device").map { "**\($0)**" }]
        case .found(.server): return [voice.say("triage.md", desk.isUnsure ? "found-server-unsure" : "found-server")]
        case .found(let cause): return [voice.say("triage.md", "found-\(cause.rawValue)")]
        case .steps(let page, let finding): return steps(page, finding)
        case .loss(let step):
            return [
                voice.say("fixes.md", "risk"), heading(step), voice.say("fixes/\(step.id).md", "loss"),
            ]
        case .store: return [voice.say("triage.md", "store")]
        case .how(let step): return [voice.say("triage.md", "agreed"), way(of: step), voice.say("triage.md", "helped")]
        case .which: return [voice.say("triage.md", "which")]
        case .fixed(nil): return [voice.say("triage.md", "fixed")]
        case .fixed(let step?):
            let title = voice.say("fixes/\(step.id).md", "title") ?? ""
            return [voice.say("triage.md", "fixed-by", ["step": title])]
        case .waiting:
            let report = StatusReport(service: service, verdict: verdict, now: now, voice: voice)
            return report.headline + report.explanation
                + [report.advice, voice.say("triage.md", isTold ? "waiting-told" : "waiting")]
        case .support:
            return [voice.say("triage.md", "support"), voice.support(for: service), voice.say("contact.md", "careful")]
        case .elsewhere(let platform): return [voice.elsewhere(platform, service)]
        }
    }

    private func steps(_ page: FixLadder.Page, _ finding: TriageDesk.Finding?) -> [String?] {
        let found: String? =
            switch finding {
            case .cause(let cause): voice.say("triage.md", "found-\(cause.rawValue)")
            case .unclear: voice.say("triage.md", "found-unclear")
            case nil: nil
            }
        let remark = finding == nil ? nil : voice.say("services/\(service.id).md", triage.symptom.rawValue)
        return [found, remark] + page.steps.map { way(of: $0) } + [voice.say("triage.md", "helped")]
    }

    private func heading(_ step: FixStep) -> String? {
        voice.say("fixes/\(step.id).md", "title").map { "**\($0)**" }
    }

    /// A step with what it takes and how it is done on their device; its loss was read and agreed to before.
    private func way(of step: FixStep) -> String? {
        let file = "fixes/\(step.id).md"
        guard let heading = heading(step), let cost = voice.say(file, "cost") else { return nil }
        let time = voice.say("fixes.md", "time", ["minutes": String(step.minutes), "cost": cost])
        let devices =
            triage.platform.map { [$0] } ?? Platform.allCases.filter { voice.catalog.platforms(of: service.id).contains($0) }
        let ways = devices.map { voice.say(file, $0.rawValue) }
        let first = time.map { heading + " " + $0 } ?? heading
        return ([first, voice.say(file, "how")] + ways).compactMap(\.self).joined(separator: "\n")
    }

    func choices(in scene: TriageDesk.Scene) -> [Reply.Choice] {
        switch scene {
        case .question(let question, _):
            let answers = question.answers.enumerated().map { index, answer in
                words(of: answer, to: question).map { choice($0, .answered(key: question.key, answer: index)) }
            }
            return (answers + [labelled("unsure", .answered(key: question.key, answer: nil))]).compactMap(\.self)
        case .device(let devices): return devices.compactMap { labelled($0.rawValue, .uses($0)) }
        case .found(.server):
            // Nobody can be told that what answers is back.
            let wait = verdict.state == .up ? voice.choice("same", .same(service.id)) : tell
            return [wait, labelled("anyway", .anyway)].compactMap(\.self)
        case .found: return [labelled("anyway", .anyway), labelled("start-over", .startOver)].compactMap(\.self)
        case .steps(let page, _):
            guard let last = page.steps.last else { return [] }
            return [labelled("helped", .helped, .main), labelled("not-helped", .notHelped(last.id))].compactMap(\.self)
        case .loss(let step):
            return [labelled("decline", .declined(step.id), .main), labelled("agree", .agreed(step.id), .grave)].compactMap(
                \.self)
        case .store(let step):
            return [labelled("not-in-store", .notInStore(step.id), .main), labelled("in-store", .inStore(step.id), .grave)]
                .compactMap(\.self)
        case .how(let step):
            return [labelled("helped", .helpedBy(step.id), .main), labelled("not-helped", .notHelped(step.id))].compactMap(\.self)
        case .which(let steps):
            let named = steps.compactMap { step in
                voice.say("fixes/\(step.id).md", "title").map { choice($0, .helpedBy(step.id)) }
            }
            return named + [labelled("none-of-them", .helpedBy(nil))].compactMap(\.self)
        case .waiting:
            return [isTold ? nil : tell, labelled("again", .look)].compactMap(\.self)
        case .fixed: return []
        case .support, .elsewhere: return [labelled("start-over", .startOver)].compactMap(\.self)
        }
    }

    private var tell: Reply.Choice? { voice.choice("tell", .tell(service.id), .main) }

    private func words(of answer: TriageQuestion.Answer, to question: TriageQuestion) -> String? {
        question.asksForMark
            ? voice.say("services/\(service.id).md", "mark-\(answer.name)") : voice.say("triage/\(question.id).md", answer.name)
    }

    private func choice(_ label: String, _ input: Triage.Input, _ weight: Reply.Choice.Weight = .plain) -> Reply.Choice {
        Reply.Choice(label: label, action: .triage(triage.carried(by: input), input), weight: weight)
    }

    private func labelled(_ label: String, _ input: Triage.Input, _ weight: Reply.Choice.Weight = .plain) -> Reply.Choice? {
        voice.say("labels.md", label).map { choice($0, input, weight) }
    }
}

extension Triage {
    /// The state as a button holds it: without a stage that the button replaces, which saves room.
    fileprivate func carried(by input: Input) -> Triage {
        var triage = self
        switch input {
        case .notHelped, .declined, .notInStore, .agreed, .inStore, .helpedBy, .startOver: triage.stage = .asking
        case .look, .answered, .uses, .anyway, .helped: break
        }
        return triage
    }
}
