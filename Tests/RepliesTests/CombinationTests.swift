import Replies
import Status
import Testing

@Suite("Every answer there can be")
struct CombinationTests {
    let composer: ReplyComposer

    init() throws {
        composer = try Samples.composer()
    }

    func expectSayable(_ reply: Reply, _ comment: Comment) {
        #expect(!reply.paragraphs.isEmpty, comment)
        #expect(reply.paragraphs.allSatisfy { !$0.isEmpty && $0.first?.isWhitespace == false }, comment)
        #expect(!reply.text.contains("{{") && !reply.text.contains("}}"), comment)
        #expect(!reply.text.contains("  ") && !reply.text.contains(" ,") && !reply.text.contains("<>"), comment)
        #expect(!reply.text.contains("\n\n\n") && !reply.text.contains("()"), comment)
        #expect(reply.text.utf16.count <= ReplyComposer.longest, comment)
    }

    @Test("status: state × scope × reasons", arguments: Samples.services)
    func status(service: Service) {
        for verdict in Samples.verdicts(service) {
            let reply = composer.compose(.status, service: service, verdict: verdict, at: Samples.now)
            expectSayable(reply, "\(service.id) \(verdict)")
            #expect(reply.paragraphs.count >= 2, "\(verdict)")
            #expect(reply.paragraphs.first?.contains(service.name) == true, "\(verdict)")
        }
    }

    @Test("fixes: symptom × state × scope, without and with the longest reasons", arguments: Symptom.allCases, Samples.services)
    func fixes(symptom: Symptom, service: Service) {
        let long = Reason.blind(failed: 5, of: 7)
        let longest = Reason.silent(component: service.components.first?.id ?? "servers", phase: .tls, failed: 5, of: 5)
        for state in Verdict.State.allCases {
            for scope in Verdict.Scope.allCases {
                let verdicts = [
                    Samples.verdict(state, scope, age: nil),
                    Samples.verdict(state, scope, because: [longest, longest, long], against: [longest, long]),
                ]
                for verdict in verdicts {
                    let reply = composer.compose(.fixes(symptom), service: service, verdict: verdict, at: Samples.now)
                    expectSayable(reply, "\(service.id) \(symptom) \(verdict)")
                    #expect(reply.paragraphs.count >= 3, "\(symptom) \(verdict)")
                }
            }
        }
    }

    @Test("all later pages too, on every platform", arguments: [Platform?.none] + Platform.allCases.map { $0 }, Samples.services)
    func pages(platform: Platform?, service: Service) {
        for symptom in Symptom.allCases {
            for page in Samples.pages(symptom, platform: platform, service: service, by: composer) {
                expectSayable(page, "\(service.id) \(symptom) \(String(describing: platform))")
            }
        }
    }

    @Test("no answer is so long that its end had to go")
    func nothingIsCut() {
        for symptom in Symptom.allCases {
            for service in Samples.services {
                for page in Samples.pages(symptom, service: service, by: composer) {
                    let ends = ["I know more.", "the people who run it.", "official status page either."]
                    let support = page.text.contains(service.contacts.support ?? "own settings")
                    #expect(support || ends.contains { page.text.hasSuffix($0) }, "\(service.id) \(symptom)")
                }
            }
        }
    }

    @Test("while the servers are at fault: waiting, and no local step", arguments: [Verdict.State.down, .partial, .maintenance])
    func onlyWaiting(state: Verdict.State) {
        for symptom in Symptom.allCases {
            for scope in Verdict.Scope.allCases {
                let verdict = Samples.verdict(state, scope)
                let reply = composer.compose(.fixes(symptom), service: Samples.kik, verdict: verdict, at: Samples.now)
                #expect(!reply.text.contains(#/\*\*\d+\. /#), "\(symptom)")
                #expect(reply.text.contains("ait"), "\(symptom)")
                #expect(reply.text.contains("Reinstalling or resetting will not help"), "\(symptom)")
                #expect(!reply.text.contains("force close"), "\(symptom)")
            }
        }
    }

    @Test("while nothing is known: only steps that cost nothing", arguments: [Verdict.State.unknown, .degraded])
    func onlyHarmless(state: Verdict.State) {
        for symptom in Symptom.allCases {
            let verdict = Samples.verdict(state, because: [.stale])
            let reply = composer.compose(.fixes(symptom), service: Samples.kik, verdict: verdict, at: Samples.now)
            #expect(reply.text.contains("**1. "), "\(symptom)")
            for word in ["Restart the device", "Update", "cache", "Reset", "Reinstall Kik", "Offload"] {
                #expect(!reply.text.contains(". \(word)"), "\(symptom)")
            }
        }
    }

    @Test(
        "what is about no service",
        arguments: [ReplyRequest.help, .thanks, .whichService, .history, .subscribe, .contact, .status])
    func general(request: ReplyRequest) {
        expectSayable(composer.compose(request), "\(request)")
        expectSayable(ReplyComposer(catalog: composer.catalog).compose(request), "\(request)")
        expectSayable(
            composer.compose(request, service: Samples.bare, verdict: Samples.verdict(.unknown), at: Samples.now),
            "\(request)"
        )
    }

    @Test("every topic is explained", arguments: ExplainTopic.allCases)
    func topics(topic: ExplainTopic) {
        expectSayable(composer.compose(.explain(topic)), "\(topic)")
    }

    @Test("help lists what is watched, within bounds")
    func namesAreBounded() {
        let many = (0..<500).map { Service(id: ServiceID("s\($0)"), name: "Service \($0)", components: []) }
        let reply = ReplyComposer(catalog: composer.catalog, services: many).compose(.help)
        expectSayable(reply, "500 services")
        #expect(reply.text.contains("Service 19") && !reply.text.contains("Service 20"))
    }
}
