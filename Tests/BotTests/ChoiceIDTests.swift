import Replies
import Status
import Testing

@testable import Bot

@Suite("What a button is called")
struct ChoiceIDTests {
    @Test("it is read as it was written, in a hundred characters")
    func roundTrip() throws {
        var wishes: [ReplyRequest] = [.status, .history, .subscribe, .contact]
        wishes += Symptom.allCases.flatMap { symptom in
            [.fixes(symptom)] + Platform.allCases.map { .fixes(symptom, platform: $0) }
        }
        for wish in wishes {
            let text = try #require(ChoiceID.text(Reply.Choice(label: "x", wanted: wish, service: "kik")))
            #expect(text.utf16.count <= 60)
            let read = try #require(ChoiceID.read(text))
            #expect(read.wanted == wish && read.service == "kik", "\(text)")
        }
        #expect(ChoiceID.text(Reply.Choice(label: "x", wanted: .help, service: "kik")) == nil)
    }

    @Test(
        "anything else is none of ours",
        arguments: [
            "", " ", "choose", "1", "1 status", "1 status ", "2 status kik", "1 status kik x", "1 fixes kik", "1 fixes.x kik",
            "1 fixes.crash.x kik", "1 fixes.crash.ios.x kik", "1 help kik", "1  kik", "1 status.crash kik", "\u{0} status kik",
        ])
    func foreign(text: String) {
        #expect(ChoiceID.read(text) == nil)
    }
}
