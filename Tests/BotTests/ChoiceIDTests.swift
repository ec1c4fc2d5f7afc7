import Discord
import Replies
import Status
import Testing

@testable import Bot

@Suite("What a button is called")
struct ChoiceIDTests {
    private let ids = ChoiceID(seal: Seal(Secret("MTE.token.secret")))

    /// One of every kind, as long as they come.
    static let actions: [ChatAction] = {
        let service: ServiceID = "google-workspace"
        var triage = Triage(
            service: service, symptom: .updateBrokeIt, platform: .windowsPhone, began: Timestamp(milliseconds: 1_764_000_060_000))
        triage.answers = [
            .init(key: "a", answer: 0), .init(key: "n", answer: nil), .init(key: "o", answer: 3), .init(key: "u", answer: 1),
            .init(key: "m", answer: 2),
        ]
        var after = triage
        after.stage = .steps(after: "notification-settings")
        var actions: [ChatAction] = [
            .same(service), .works(service), .fix(service, nil), .tell(service), .describe(service),
            .triage(triage, .look), .triage(triage, .startOver), .triage(triage, .anyway), .triage(after, .helped),
            .triage(triage, .answered(key: "d", answer: 2)), .triage(triage, .answered(key: "d", answer: nil)),
            .triage(triage, .helpedBy(nil)),
        ]
        let wishes: [ReplyRequest] = [.status, .history, .subscribe, .contact]
        for wish in wishes { actions += [.ask(wish, service), .again(wish, service)] }
        for symptom in Symptom.allCases {
            actions += [.fix(service, symptom), .ask(.fixes(symptom), service), .ask(.fixes(symptom, platform: .ios), service)]
        }
        for platform in Platform.allCases { actions.append(.triage(triage, .uses(platform))) }
        let step = "notification-settings"
        let inputs: [Triage.Input] = [
            .helpedBy(step), .notHelped(step), .agreed(step), .declined(step), .inStore(step), .notInStore(step),
        ]
        return actions + inputs.map { .triage(triage, $0) }
    }()

    @Test("is read as it was written, and fits", arguments: actions)
    func roundTrip(action: ChatAction) throws {
        let text = try #require(ids.text(action))
        #expect(text.utf16.count <= 100)
        #expect(ids.read(text) == action)
    }

    @Test("is nothing once a single letter of it is another, or is missing", arguments: [actions[0], actions[5], actions[20]])
    func tampered(action: ChatAction) throws {
        let text = try #require(ids.text(action))
        for place in text.indices {
            var other = text
            other.replaceSubrange(place...place, with: text[place] == "x" ? "y" : "x")
            #expect(ids.read(other) == nil, "\(other)")
            #expect(ids.read(String(text[..<place])) == nil)
        }
        #expect(ids.read(text + "x") == nil)
    }

    @Test("is nothing to a bot with another token")
    func foreign() throws {
        let text = try #require(ids.text(.tell("kik")))
        #expect(ChoiceID(seal: Seal(Secret("MTE.token.other"))).read(text) == nil)
        #expect(ChoiceID(seal: Seal(Secret("MTE.token.secret"))).read(text) == .tell("kik"))
    }

    @Test(
        "anything else is none of ours",
        arguments: [
            "", " ", "2", "choose", "1 status kik", "2AAAAAAAAAAAsame kik", String(repeating: "2", count: 10_000), "\u{0}",
        ])
    func nonsense(text: String) {
        #expect(ids.read(text) == nil)
    }

    @Test(
        "signed nonsense is nothing either",
        arguments: ["", "same", "same ", "ask help kik", "t kik", "t kik d a - q zz look", "fix kik x"])
    func signedNonsense(payload: String) {
        #expect(ids.read("2" + ids.seal.signature(of: payload) + payload) == nil)
    }

    @Test("what does not fit is not offered")
    func tooLong() {
        #expect(ids.text(.tell(ServiceID(String(repeating: "x", count: 90)))) == nil)
    }

    @Test("the signature is HMAC-SHA256 as others compute it")
    func known() {
        // python3: k = hmac(b"key", b"isitdown buttons"); base64.urlsafe_b64encode(hmac(k, b"same kik")[:8]).rstrip(b"=")
        #expect(Seal(Secret("key")).signature(of: "same kik") == "55evLNLO1Ew")
    }
}
