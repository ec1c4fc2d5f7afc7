import Discord
import Testing

@Suite("commands, compared")
struct CommandDifferenceTests {
    private static let isdown = ApplicationCommand(
        name: .init("isdown", localized: ["de": "gestört", "fr": "isdown"]),
        about: .init("Is it down?", localized: ["de": "Gestört?"]),
        options: [
            .init(name: .init("service"), about: .init("The app"), kind: .text(longest: 100, isCompleted: true), isRequired: true)
        ])
    private static let wanted = [isdown, ApplicationCommand(kind: .message, name: .init("Is this down?"))]

    private func difference(_ registered: String, from wanted: [ApplicationCommand] = wanted) throws -> CommandDifference {
        try #require(CommandDifference(wanted: wanted, registered: Array(registered.utf8)))
    }

    /// As Discord gives back what we send: with its own members, nulls and defaults, and lists in an order of its own.
    private static func registered(_ service: String = "The app", contexts: String = "[2,0,1]") -> String {
        #"""
        [{"id":"9","application_id":"1","version":"7","default_member_permissions":null,"type":3,"name":"Is this down?",
        "name_localizations":null,"description":"","description_localizations":null,"dm_permission":true,"contexts":[0,1,2],
        "integration_types":[1,0],"nsfw":false},
        {"id":"8","application_id":"1","version":"7","type":1,"name":"isdown","name_localizations":{"de":"gestört"},
        "description":"Is it down?","description_localizations":{"de":"Gestört?"},"contexts":\#(contexts),"integration_types":[0,1],
        "options":[{"type":3,"name":"service","name_localizations":{},"description":"\#(service)","required":true,"autocomplete":true,
        "min_length":1,"max_length":100,"choices":[]}]}]
        """#
    }

    @Test("what Discord gives back of ours is no difference")
    func same() throws {
        #expect(try difference(Self.registered()).isEmpty)
    }

    @Test("what is another text is named by its path")
    func changed() throws {
        let other = try difference(Self.registered("The application", contexts: "[0]"))
        #expect(other.changed == [.init(command: "/isdown", fields: ["contexts", "options.service.description"])])
        #expect(other.added.isEmpty && other.removed.isEmpty)
    }

    @Test("what is missing and what is too much is named")
    func addedAndRemoved() throws {
        let none = try difference("[]")
        #expect(none.added == ["/isdown", "“Is this down?”"] && none.removed.isEmpty)
        let old = try difference(Self.registered(), from: [])
        #expect(old.removed == ["/isdown", "“Is this down?”"])
    }

    @Test("a permission given as a number is the same", arguments: ["32", #""32""#])
    func permissions(bits: String) throws {
        let command = ApplicationCommand(
            name: .init("settings"), about: .init("Settings"), permissions: ApplicationCommand.manageGuild, isForServersOnly: true
        )
        let registered = """
            [{"name":"settings","description":"Settings","default_member_permissions":\(bits),"contexts":[0],"integration_types":[0]}]
            """
        #expect(try difference(registered, from: [command]).isEmpty)
    }

    @Test(
        "what is no list of commands is none",
        arguments: [
            "", "{}", "null", #"[{"name":"x","default_member_permissions":1e19},{"name":"y","default_member_permissions":-0.5}]"#,
            #"{"message":"x"}"#, "[1,2]",
        ])
    func nonsense(body: String) throws {
        let difference = CommandDifference(wanted: Self.wanted, registered: Array(body.utf8))
        if body.hasPrefix("[") {
            #expect(difference?.added.count == 2)
        } else {
            #expect(difference == nil)
        }
    }
}
