import Testing
import Timing

@testable import Bot

@Suite("Where people talk about a service")
struct LivelyPlacesTests {
    private let lively = LivelyPlaces()
    private static let end = Instant.origin.advanced(by: .seconds(300))

    @Test("a place is lively until its time, and no other is")
    func ends() {
        lively.note(1_234_567_890_123, until: Self.end)
        #expect(lively.contains(1_234_567_890_123, at: Self.end))
        #expect(!lively.contains(1_234_567_890_123, at: Self.end.advanced(by: .milliseconds(1))))
        #expect(!lively.contains(1_234_567_890_124, at: .origin))
        #expect(!lively.contains(0, at: Self.end))
    }

    @Test("any number of places does no harm; most of a hundred are remembered")
    func many() {
        for place in 0..<100_000 { lively.note(UInt64(place) << 22, until: Self.end) }
        let known = (99_900..<100_000).count { lively.contains(UInt64($0) << 22, at: .origin) }
        #expect(known > 60)
    }
}
