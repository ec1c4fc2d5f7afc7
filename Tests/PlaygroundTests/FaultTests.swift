import Foundation
import Testing
import Timing

@testable import Playground

@Suite("Faults that wait")
struct FaultTests {
    private static func after(_ seconds: Double) -> Instant { Instant(sinceOrigin: .seconds(seconds)) }

    private static func order(_ text: String) throws -> FaultOrder {
        try FaultOrder(reading: try #require(JSON(parsing: Data(text.utf8))))
    }

    @Test("every name is read, and read as itself")
    func names() throws {
        for name in Fault.allNames where name != "close_<code>" { #expect(Fault(named: name) != nil, "\(name)") }
        #expect(Fault(named: "close_4009") == .close(4009))
        for name in ["close_1005", "close_1006", "close_1015", "close_2000", "close_", "rest"] {
            #expect(Fault(named: name) == nil)
        }
    }

    @Test(
        "what nobody knows is refused with what was probably meant",
        arguments: [
            (#"{"fault":"drop_conections"}"#, "drop_connections"), (#"{"fault":"reconnect","cuont":2}"#, "count"),
            (#"{"fault":"reconnect","when":"resumng"}"#, "resuming"),
        ])
    func nearest(body: String, meant: String) {
        #expect {
            try FaultTests.order(body)
        } throws: { error in
            let body = (error as? LabRefusal).map { String(decoding: $0.response.body, as: UTF8.self) } ?? ""
            return body.contains("did you mean “\(meant)”?")
        }
    }

    @Test("one that strikes at once is due when its time has come")
    func due() throws {
        var schedule = FaultSchedule()
        let order = try FaultTests.order(#"{"fault":"reconnect","after_ms":2000}"#)
        schedule.add([order], at: .origin)
        #expect(schedule.deadline == FaultTests.after(2))
        #expect(schedule.due(at: FaultTests.after(1.9)).isEmpty)
        #expect(schedule.due(at: FaultTests.after(2)) == [order])
        #expect(schedule.deadline == nil && schedule.count == 0)
    }

    @Test("a step waits for the one before it, occasion and all")
    func script() throws {
        var schedule = FaultSchedule()
        let steps = try [
            #"{"fault":"drop_connections"}"#, #"{"fault":"close_4009","when":"resuming","count":2}"#,
            #"{"fault":"heartbeat_request","after_ms":1000}"#,
        ].map(FaultTests.order)
        schedule.add(steps, at: .origin)
        #expect(schedule.met(.resuming, at: .origin).isEmpty)
        #expect(schedule.due(at: .origin) == [steps[0]])
        #expect(schedule.met(.identifying, at: FaultTests.after(3)).isEmpty)
        #expect(schedule.met(.resuming, at: FaultTests.after(3)).map(\.name) == ["close_4009"])
        #expect(schedule.due(at: FaultTests.after(9)).isEmpty)
        #expect(schedule.met(.resuming, at: FaultTests.after(9)).map(\.name) == ["close_4009"])
        #expect(schedule.deadline == FaultTests.after(10))
        #expect(schedule.due(at: FaultTests.after(10)) == [steps[2]])
    }

    @Test("an occasion meets every manner, and one thing in the answer's place")
    func together() throws {
        var schedule = FaultSchedule()
        for name in ["late_ack", "close_4000", "close_4001"] {
            schedule.add([try FaultTests.order(#"{"fault":"\#(name)","when":"identifying"}"#)], at: .origin)
        }
        #expect(schedule.due(at: .origin).isEmpty)
        #expect(schedule.met(.identifying, at: .origin).map(\.name) == ["late_ack", "close_4000"])
        #expect(schedule.met(.identifying, at: .origin).map(\.name) == ["close_4001"])
    }
}
