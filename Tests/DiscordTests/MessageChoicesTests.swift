import Foundation
import Testing

@testable import Discord

@Suite("What can be chosen under a message")
struct MessageChoicesTests {
    private func choices(_ count: Int, prompt: String = "Which app?") throws -> MessageChoices {
        let all = (0..<count).compactMap { MessageChoices.Choice(label: "App \($0)", id: "1 status app-\($0)") }
        return try #require(MessageChoices(all, prompt: prompt))
    }

    private func body(_ choices: MessageChoices?) throws -> String {
        var content = try #require(MessageContent("Which one?"))
        content.choices = choices
        let request = RESTRequest.createMessage(
            in: Snowflake(rawValue: 1), content, nonce: Nonce(source: Snowflake(rawValue: 2), purpose: .answer))
        let bytes = try #require(request.body)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("a few are buttons")
    func buttons() throws {
        let body = try body(choices(2))
        #expect(
            body.contains(
                #""components":[{"components":[{"custom_id":"1 status app-0","label":"App 0","style":2,"type":2},"#
                    + #"{"custom_id":"1 status app-1","label":"App 1","style":2,"type":2}],"type":1}]"#), "\(body)")
    }

    @Test("many are a menu, more are several, and no more than Discord takes")
    func menu() throws {
        let one = try body(choices(25))
        #expect(one.contains(#""custom_id":"choose""#) && one.contains(#""placeholder":"Which app?""#), "\(one)")
        #expect(one.components(separatedBy: #""value":"#).count - 1 == 25)
        let two = try body(choices(40))
        #expect(
            two.contains(#""custom_id":"choose 2""#) && two.contains(#""placeholder":"Which app? App 25 – App 39""#), "\(two)")
        #expect(two.components(separatedBy: #""value":"#).count - 1 == 40)
        #expect(try body(choices(200)).components(separatedBy: #""value":"#).count - 1 == 125)
        #expect(!(try self.body(choices(6, prompt: String(repeating: "x", count: 151)))).contains("placeholder"))
    }

    @Test("no choices are no components")
    func none() throws {
        #expect(MessageChoices([]) == nil)
        #expect(!(try body(nil)).contains("components"))
    }

    @Test("what Discord would refuse is no choice")
    func limits() {
        #expect(MessageChoices.Choice(label: "", id: "x") == nil)
        #expect(MessageChoices.Choice(label: "x", id: "") == nil)
        #expect(MessageChoices.Choice(label: String(repeating: "x", count: 81), id: "x") == nil)
        #expect(MessageChoices.Choice(label: "x", id: String(repeating: "x", count: 101)) == nil)
        #expect(MessageChoices(["a", "a", "b"].compactMap { MessageChoices.Choice(label: "x", id: $0) })?.choices.count == 2)
    }

    @Test("what was chosen comes back, from a button and from a menu")
    func chosen() throws {
        func interaction(_ data: String) throws -> Interaction {
            let text = #"{"id":"1","application_id":"2","type":3,"token":"t","data":\#(data)}"#
            return try JSONDecoder().decode(Interaction.self, from: Data(text.utf8))
        }
        #expect(try interaction(#"{"component_type":2,"custom_id":"1 status kik"}"#).chosen == "1 status kik")
        #expect(try interaction(#"{"component_type":3,"custom_id":"choose","values":["1 status kik"]}"#).chosen == "1 status kik")
        #expect(try interaction(#"{"component_type":3,"custom_id":"choose","values":[7,{}]}"#).chosen == "choose")
        #expect(try interaction("{}").chosen == nil)
    }
}
