import Discord
import DiscordClient
import Playground
import Testing

/// The faults of `SimulatedDiscord`'s table, and those that only a socket has, on real sockets.
@Suite("On real sockets, a fault", .timeLimit(.minutes(1)))
struct FaultTableTests {
    enum Outcome: Sendable { case steady, resumed, identified, stopped }

    struct Row: CustomTestStringConvertible, Sendable {
        let fault: String
        let identifying: Outcome
        let ready: Outcome
        let resuming: Outcome
        var compression = TransportCompression.zstdStream
        var more: [String: Int] = [:]

        init(_ fault: String, _ identifying: Outcome, _ ready: Outcome, _ resuming: Outcome) {
            (self.fault, self.identifying, self.ready, self.resuming) = (fault, identifying, ready, resuming)
        }

        init(_ fault: String, always outcome: Outcome) {
            self.init(fault, outcome, outcome, outcome)
        }

        func over(_ compression: TransportCompression) -> Row {
            var row = self
            row.compression = compression
            return row
        }

        var testDescription: String { "\(fault) over \(compression.rawValue)" }
    }

    /// What can strike in any state.
    static let anywhere: [Row] =
        ["drop_connections", "half_open", "corrupt_stream", "reconnect", "invalid_session_resumable"].map {
            Row($0, .identified, .resumed, .resumed)
        }
        + [1001, 1011, 3000, 4000, 4001, 4002, 4005, 4008].map { Row("close_\($0)", .identified, .resumed, .resumed) }
        + [Row("close_4999", .identified, .resumed, .identified)]
        // The local gateway forgets the session with these, as Discord does.
        + [1000, 4003, 4006, 4007, 4009, 4014].map { Row("close_\($0)", always: .identified) }
        + [4004, 4010, 4012, 4013].map { Row("close_\($0)", always: .stopped) }
        + [Row("invalid_session", always: .identified), Row("corrupt_stream", .identified, .resumed, .resumed).over(.zlibStream)]
        + [
            "heartbeat_request", "malformed_json", "unknown_opcode", "unknown_event", "duplicate_event", "sequence_gap",
            "huge_event",
        ]
        .map { Row($0, .identified, .steady, .resumed) }

    private static func stage(_ row: Row, heartbeat: Duration = .seconds(1)) async throws -> Stage {
        var discord = Playground.DiscordSettings()
        discord.identifyPause = .zero
        discord.gatewayBotLimit = 100
        var patience = GatewaySession.Patience()
        (patience.dial, patience.hello, patience.ready, patience.close) = (
            .seconds(2), .seconds(1), .seconds(1), .milliseconds(300)
        )
        return try await Stage(
            heartbeatInterval: heartbeat, discord: discord, compression: row.compression, patience: patience)
    }

    /// Whatever happened: what is said now is heard, once, and nothing that we sent was wrong.
    private static func hears(
        _ stage: Stage, _ events: inout AsyncStream<GatewayEvent>.Iterator, after fault: String = ""
    ) async throws {
        // With these codes Discord says that we did something wrong, so the local one has noted that.
        let isAccused = ["close_4001", "close_4002", "close_4005", "close_4008"].contains(fault)
        let said = try await stage.say("still there?")
        #expect(try await events.message().id == said)
        let violations = try await stage.violations()
        #expect(violations == "[]" || isAccused, "\(violations)")
    }

    private static func returns(_ outcome: Outcome, _ events: inout AsyncStream<GatewayEvent>.Iterator) async throws {
        switch outcome {
        case .steady: break
        case .resumed: try await events.resumed()
        case .identified: _ = try await events.ready()
        case .stopped: Issue.record("it does not come back from this")
        }
    }

    @Test("while ready", arguments: anywhere)
    func ready(row: Row) async throws {
        let stage = try await Self.stage(row)
        if row.ready == .stopped { return try await stops(stage) { try await stage.fault(row.fault) } }
        try await stage.play { events in
            _ = try await events.ready()
            try await stage.fault(row.fault, row.more)
            try await Self.returns(row.ready, &events)
            try await Self.hears(stage, &events, after: row.fault)
        }
    }

    @Test("while identifying", arguments: anywhere)
    func identifying(row: Row) async throws {
        let stage = try await Self.stage(row)
        try await stage.fault(row.fault, when: "identifying", row.more)
        if row.identifying == .stopped { return try await stops(stage, isReadyFirst: false) {} }
        try await stage.play { events in
            _ = try await events.ready()
            #expect(try await stage.count("identifies") == 2)
            try await Self.hears(stage, &events, after: row.fault)
        }
    }

    @Test("while resuming", arguments: anywhere)
    func resuming(row: Row) async throws {
        let stage = try await Self.stage(row)
        if row.resuming == .stopped {
            return try await stops(stage) {
                try await stage.fault(row.fault, when: "resuming")
                try await stage.fault("drop_connections")
            }
        }
        try await stage.play { events in
            _ = try await events.ready()
            try await stage.fault(row.fault, when: "resuming", row.more)
            try await stage.fault("drop_connections")
            try await Self.returns(row.resuming, &events)
            #expect(try await stage.count("resumes") >= 1)
            try await Self.hears(stage, &events, after: row.fault)
        }
    }

    /// It ends for good, and asks nothing more of Discord.
    private func stops(_ stage: Stage, isReadyFirst: Bool = true, _ strike: () async throws -> Void) async throws {
        async let reason = stage.gateway.run()
        var events = stage.events.makeAsyncIterator()
        if isReadyFirst { _ = try await events.ready() }
        try await strike()
        #expect(await reason != .requested)
        #expect(stage.book.current.standing == .stopped)
        #expect(try await stage.count("identifies") == 1)
        await stage.close()
    }

    /// What concerns the opening, once for a fresh connection and once for one that would resume.
    @Test("of the opening", arguments: ["no_hello", "reconnect_before_hello"], [false, true])
    func opening(fault: String, resumes: Bool) async throws {
        let stage = try await Self.stage(Row(fault, always: .resumed))
        if !resumes { try await stage.fault(fault) }
        try await stage.play { events in
            _ = try await events.ready()
            guard resumes else { return try await Self.hears(stage, &events) }
            try await stage.fault(fault)
            try await stage.fault("drop_connections")
            try await events.resumed()
            try await Self.hears(stage, &events)
        }
    }

    @Test("of an answer that never comes", arguments: ["no_ready", "no_resumed"])
    func noAnswer(fault: String) async throws {
        let stage = try await Self.stage(Row(fault, always: .resumed))
        try await stage.fault(fault)
        try await stage.play { events in
            _ = try await events.ready()
            if fault == "no_resumed" {
                try await stage.fault("drop_connections")
                try await events.resumed()
            }
            try await Self.hears(stage, &events)
        }
    }

    @Test("of the resume host leads to the main one, with the same session", arguments: ["dead_resume_url", "silent_resume_url"])
    func resumeHost(fault: String) async throws {
        let stage = try await Self.stage(Row(fault, always: .resumed))
        try await stage.fault(fault)
        try await stage.play { events in
            _ = try await events.ready()
            try await stage.fault("drop_connections")
            let said = try await stage.say("said meanwhile")
            #expect(try await events.message().id == said)
            #expect(try await stage.count("identifies") == 1)
        }
    }

    @Test(
        "of how messages are cut and packed is no matter",
        arguments: [
            ("split_frames", TransportCompression.none), ("split_frames", .zlibStream), ("split_frames", .zstdStream),
            ("split_messages", .zlibStream), ("marker_inside", .zlibStream), ("coalesced", .zlibStream),
            ("coalesced", .zstdStream),
        ])
    func packing(fault: String, compression: TransportCompression) async throws {
        let stage = try await Self.stage(Row(fault, always: .steady).over(compression), heartbeat: .seconds(40))
        try await stage.play { events in
            _ = try await events.ready()
            try await stage.fault(fault)
            var said: [Snowflake] = []
            for number in 0..<6 { said.append(try await stage.say("number \(number), with some words to pack")) }
            for id in said { #expect(try await events.message().id == id) }
            #expect(try await stage.count("sockets_opened") == 1)
        }
    }

    @Test("of acknowledgements", arguments: [("no_ack", 0), ("late_ack", 300), ("late_ack", 3_000)])
    func acknowledgements(fault: String, delay: Int) async throws {
        let stage = try await Self.stage(Row(fault, always: .steady))
        try await stage.play { events in
            _ = try await events.ready()
            try await stage.fault(fault, delay > 0 ? ["delay_ms": delay] : [:])
            // The heart beats every second: what is later than that is a dead link.
            if delay == 300 { try await Self.hears(stage, &events) } else { try await events.resumed() }
            #expect(try await stage.count("identifies") == 1)
        }
    }

    @Test("of the intents leaves what needs no permission")
    func intents() async throws {
        let stage = try await Self.stage(Row("disallowed_intents", always: .identified))
        try await stage.fault("disallowed_intents")
        try await stage.play { events in
            _ = try await events.ready()
            #expect(stage.book.current.standing == .degraded)
            _ = try await stage.say("nobody can read this")
            #expect(try await events.message().content == "")
        }
    }
}
