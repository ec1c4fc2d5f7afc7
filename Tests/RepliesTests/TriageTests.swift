import Replies
import Status
import Testing

@Suite("The dialogue that finds the fault")
struct TriageTests {
    private let catalog: ResponseCatalog
    private let composer: ReplyComposer
    private let began = Timestamp(milliseconds: 1_764_000_000_000)

    init() throws {
        catalog = try Samples.catalog()
        composer = try Samples.composer()
    }

    private static let up = Verdict(state: .up, scope: .you, confidence: 0.95, observed: Samples.now)
    private static let down = Verdict(
        state: .down, scope: .everyone, confidence: 0.97, observed: Samples.now,
        because: [.silent(component: "messaging", phase: .connect, failed: 5, of: 5)])

    private func triage(_ symptom: Symptom, on platform: Platform? = .android, about service: ServiceID = "kik") -> Triage {
        Triage(service: service, symptom: symptom, platform: platform, began: began)
    }

    private func scene(_ triage: Triage, _ verdict: Verdict = up) -> TriageDesk.Scene {
        TriageDesk(catalog: catalog, verdict: verdict).scene(of: triage)
    }

    /// Answers every question by the name of an answer; those not named are not known.
    private func answered(_ triage: Triage, _ answers: [String: String], _ verdict: Verdict = up) -> (Triage, asked: [String]) {
        var triage = triage
        var asked: [String] = []
        while case .question(let question, asked: _) = scene(triage, verdict), asked.count < 20 {
            asked.append(question.id)
            let answer = answers[question.id].flatMap { name in question.answers.firstIndex { $0.name == name } }
            triage.handle(.answered(key: question.key, answer: answer), at: began)
        }
        return (triage, asked)
    }

    @Test(
        "ends where the answers point",
        arguments: [
            (Symptom.cannotSend, ["mark": "sent", "one-person": "one"], TriageDesk.Scene.found(.recipient)),
            (
                .cannotConnect, ["other-apps": "yes", "other-network": "same", "others": "them-too", "since-update": "neither"],
                .found(.server)
            ),
        ])
    func elsewhere(symptom: Symptom, answers: [String: String], expected: TriageDesk.Scene) {
        #expect(scene(answered(triage(symptom), answers).0) == expected)
    }

    @Test(
        "ends in the steps against what it is",
        arguments: [
            (Symptom.cannotConnect, ["other-apps": "no"], Cause.network),
            (.cannotConnect, ["other-network": "works"], .network),
            (.cannotLogin, ["error": "wrong"], .account), (.cannotLogin, ["error": "outdated"], .app),
            (.crash, ["other-device": "works", "room": "full", "others": "only-me"], .device),
            (.crash, ["since-update": "app-updated"], .app), (.notifications, ["app-open": "there"], .device),
        ])
    func local(symptom: Symptom, answers: [String: String], cause: Cause) {
        let (triage, _) = answered(triage(symptom), answers)
        guard case .steps(let page, because: .cause(cause)) = scene(triage) else {
            Issue.record("\(scene(triage))")
            return
        }
        #expect(page.steps.allSatisfy { !$0.isDestructive })
        #expect(page.steps.first?.helps.contains(cause) == true)
    }

    @Test("asks at most five questions, the device among them, and no more than tell anything", arguments: Symptom.allCases)
    func fewQuestions(symptom: Symptom) {
        // Who knows nothing is asked the most.
        for platform in [nil, Platform.android] {
            let (triage, asked) = answered(triage(symptom, on: platform), [:])
            #expect(asked.count + (platform == nil ? 1 : 0) <= 5)
            #expect(Set(asked).count == asked.count)
            switch (scene(triage), platform) {
            case (.device, nil), (.steps, .android): break
            default: Issue.record("\(scene(triage))")
            }
        }
    }

    @Test("the first question is the one that is expected to tell the most")
    func bestFirst() throws {
        for symptom in Symptom.allCases {
            guard case .question(let first, asked: 0) = scene(triage(symptom)) else { continue }
            let prior = TriageDesk(catalog: catalog, verdict: Self.up).suspicion(triage(symptom))
            for other in catalog.questions where other.symptoms.contains(symptom) {
                #expect(prior.gain(of: first) >= prior.gain(of: other) - 1e-12, "\(symptom): \(first.id), \(other.id)")
            }
        }
    }

    @Test("asks for the mark only where there are marks")
    func marks() {
        let (_, kik) = answered(triage(.cannotSend), [:])
        let (_, discord) = answered(triage(.cannotSend, about: "discord"), [:])
        #expect(kik.contains("mark") && !discord.contains("mark"))
    }

    @Test("while the servers are at fault everybody waits, wherever their dialogue stands")
    func outage() {
        var stages: [Triage.Stage] = [.asking, .steps(after: nil), .steps(after: "clear-cache"), .which(after: nil)]
        stages += [.agreed("reset"), .agreed("reinstall"), .inStore("reinstall")]
        for stage in stages {
            for state in [Verdict.State.down, .partial, .maintenance] {
                var triage = triage(.crash)
                triage.stage = stage
                var verdict = Self.down
                verdict.state = state
                #expect(scene(triage, verdict) == .waiting)
                let reply = composer.compose(triage, service: Samples.kik, verdict: verdict, at: Samples.now)
                #expect(!reply.choices.contains { $0.weight == .grave })
                #expect(reply.choices.contains { $0.action == .tell("kik") })
            }
        }
    }

    @Test("while nobody knows how the servers are, nothing is offered that erases, nor to those who agreed before")
    func doubtful() {
        let unknown = Verdict(state: .unknown, scope: .unclear, confidence: 0.2, because: [.stale])
        for stage in [Triage.Stage.steps(after: "force-close"), .agreed("reset"), .inStore("reinstall")] {
            var triage = triage(.crash)
            triage.stage = stage
            switch scene(triage, unknown) {
            case .loss, .how, .store: Issue.record("\(scene(triage, unknown))")
            default: break
            }
        }
    }

    /// Walks down the whole ladder, saying each time that it did not help and agreeing to everything.
    private func walk(_ symptom: Symptom, _ platform: Platform, agree: Bool) -> [TriageDesk.Scene] {
        var (triage, _) = answered(triage(symptom, on: platform), [:])
        var scenes: [TriageDesk.Scene] = []
        for _ in 0..<40 {
            let now = scene(triage)
            scenes.append(now)
            switch now {
            case .steps(let page, because: _): triage.handle(.notHelped(page.steps.last?.id ?? ""), at: began)
            case .loss(let step): triage.handle(agree ? .agreed(step.id) : .declined(step.id), at: began)
            case .store(let step): triage.handle(.inStore(step.id), at: began)
            case .how(let step): triage.handle(.notHelped(step.id), at: began)
            default: return scenes
            }
        }
        return scenes
    }

    @Test("goes down the ladder from the harmless to what erases, each step once, and ends with those who can help")
    func ladder() {
        for symptom in Symptom.allCases {
            for platform in [Platform.android, .ios] {
                let scenes = walk(symptom, platform, agree: true)
                #expect(scenes.last == .support)
                let steps = scenes.flatMap { scene -> [FixStep] in
                    switch scene {
                    case .steps(let page, because: _): page.steps
                    case .how(let step): [step]
                    default: []
                    }
                }
                #expect(Set(steps.map(\.id)).count == steps.count && !steps.isEmpty)
                let firstGrave = steps.firstIndex(where: \.isDestructive) ?? steps.endIndex
                let isSorted = !steps[firstGrave...].contains { !$0.isDestructive }
                #expect(isSorted)
                #expect(scenes.allSatisfy { if case .steps(let page, because: _) = $0 { page.steps.count <= 3 } else { true } })
            }
        }
    }

    @Test("shows how to erase something only after its loss was read and agreed to; on Android also after a look into the store")
    func consent() {
        for platform in [Platform.android, .ios] {
            let scenes = walk(.crash, platform, agree: true)
            for (index, scene) in scenes.enumerated() {
                guard case .how(let step) = scene else { continue }
                let needsStore = step.needsStore && platform == .android
                #expect(scenes[index - 1] == (needsStore ? .store(step) : .loss(step)))
                if needsStore { #expect(scenes[index - 2] == .loss(step)) }
            }
            #expect(scenes.contains { if case .how(let step) = $0 { step.id == "reinstall" } else { false } })
        }
        #expect(!walk(.crash, .android, agree: false).contains { if case .how = $0 { true } else { false } })
    }

    @Test("who does not find the app in the store is not told how to remove it")
    func notInStore() {
        var triage = triage(.crash)
        triage.stage = .agreed("reinstall")
        triage.handle(.notInStore("reinstall"), at: began)
        #expect(scene(triage) == .support)
        let reply = composer.compose(triage, service: Samples.kik, verdict: Self.up, at: Samples.now, remark: "no-store")
        #expect(reply.paragraphs.first?.contains("don't uninstall") == true)
    }

    @Test("the loss is named in bold before anything else of the step, with a way back as the first button")
    func lossFirst() throws {
        for step in ["reset", "reinstall"] {
            var triage = triage(.crash)
            triage.stage = .steps(after: step == "reset" ? "offload" : "reset")
            let reply = composer.compose(triage, service: Samples.kik, verdict: Self.up, at: Samples.now)
            #expect(reply.text.contains("**This erases your Kik chats on this phone for good.**"), "\(reply.text)")
            #expect(!reply.text.contains("Settings →"))
            #expect(reply.choices.map(\.weight) == [.main, .grave])
        }
    }

    @Test("says what helped, and asks which where there were several")
    func helped() {
        var triage = triage(.crash)
        triage.stage = .steps(after: nil)
        triage.handle(.helped, at: began)
        guard case .which(let steps) = scene(triage) else {
            Issue.record("\(scene(triage))")
            return
        }
        #expect(steps.count > 1)
        triage.handle(.helpedBy(steps[1].id), at: began)
        let reply = composer.compose(triage, service: Samples.kik, verdict: Self.up, at: Samples.now)
        #expect(reply.tone == .good && reply.text.contains("**") && reply.choices.isEmpty)
        // And it stays so, though the servers go down a moment later.
        #expect(composer.compose(triage, service: Samples.kik, verdict: Self.down, at: Samples.now) == reply)
    }

    @Test("on the word of a status page alone nothing is erased, and nobody claims that the servers answer")
    func hearsay() {
        let green = Verdict(
            state: .up, scope: .unclear, confidence: 0.6, observed: Samples.now,
            because: [.official(source: "status.example", word: .none)])
        var triage = triage(.crash)
        #expect(
            composer.compose(triage, service: Samples.kik, verdict: green, at: Samples.now).text.contains("I am not sure yet"))
        for stage in [Triage.Stage.steps(after: "clear-cache"), .agreed("reset"), .inStore("reinstall")] {
            triage.stage = stage
            #expect(scene(triage, green) == .support)
        }
        let advice = composer.compose(.fixes(.crash), service: Samples.kik, verdict: green, at: Samples.now)
        #expect(!advice.text.contains("The servers answer me"))
    }

    @Test("what points at the servers while they answer is no promise of a message when they are back")
    func serverThatAnswers() {
        let answers = ["other-apps": "yes", "other-network": "same", "others": "them-too", "since-update": "neither"]
        let (triage, _) = answered(triage(.cannotConnect), answers)
        let reply = composer.compose(triage, service: Samples.kik, verdict: Self.up, at: Samples.now)
        #expect(!reply.choices.contains { $0.action == .tell("kik") } && reply.text.contains("still answer me"))
        let unknown = Verdict(state: .unknown, scope: .unclear, confidence: 0.2, because: [.stale])
        let unsure = composer.compose(triage, service: Samples.kik, verdict: unknown, at: Samples.now)
        #expect(unsure.choices.contains { $0.action == .tell("kik") } && !unsure.text.contains("still answer me"))
    }

    @Test("starting over asks for the device anew")
    func startOver() {
        var triage = triage(.crash, on: .windowsPhone)
        triage.handle(.startOver, at: began)
        #expect(triage.platform == nil && triage.answers.isEmpty && triage.stage == .asking)
    }

    @Test("pressing twice is pressing once")
    func twice() {
        var once = triage(.crash)
        once.handle(.answered(key: "u", answer: 0), at: began)
        var twice = once
        twice.handle(.answered(key: "u", answer: 1), at: began)
        #expect(twice == once)
    }

    @Test("is over after a day")
    func expiry() {
        let triage = triage(.crash)
        #expect(!triage.isExpired(at: Timestamp(milliseconds: began.milliseconds + 86_400_000)))
        #expect(triage.isExpired(at: Timestamp(milliseconds: began.milliseconds + 86_400_001)))
        // Nor does anybody come from the future.
        #expect(triage.isExpired(at: Timestamp(milliseconds: began.milliseconds - 3_600_000)))
    }

    @Test("who uses what the app does not exist for gets an honest word")
    func windowsPhone() {
        let triage = triage(.crash, on: .windowsPhone)
        #expect(scene(triage) == .elsewhere(.windowsPhone))
        let reply = composer.compose(triage, service: Samples.kik, verdict: Self.up, at: Samples.now)
        #expect(reply.text.contains("Windows Phone"))
    }

    @Test("every scene has words in every language, within the limits")
    func words() {
        for language in catalog.languages {
            for symptom in Symptom.allCases {
                for verdict in [Self.up, Self.down] {
                    var triage = triage(symptom, on: nil)
                    for _ in 0..<60 {
                        let reply = composer.compose(
                            triage, service: Samples.kik, verdict: verdict, at: Samples.now, language: language)
                        #expect(!reply.text.isEmpty && reply.text.utf16.count <= ReplyComposer.longest)
                        #expect(reply.choices.allSatisfy { (1...80).contains($0.label.utf16.count) }, "\(reply.choices)")
                        #expect(reply.choices.count <= 6 || reply.choices.count <= 25)
                        let next = reply.choices.last { if case .triage(_, .startOver) = $0.action { false } else { true } }
                        guard case .triage(let following, let input) = next?.action, input != .look else { break }
                        triage = following
                        triage.handle(input, at: began)
                    }
                }
            }
        }
    }
}
