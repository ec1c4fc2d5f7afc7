import Discord
import Testing
import Timing

@Suite("an interaction’s exchange")
struct InteractionExchangeTests {
    typealias Exchange = InteractionExchange
    typealias Action = InteractionExchange.Action

    let content: MessageContent
    var exchange = Self.exchange(.command)

    init() throws {
        content = try #require(MessageContent("up"))
    }

    /// An exchange of an interaction that was received at the origin and may be answered in the channel.
    static func exchange(
        _ kind: Interaction.Kind, _ manner: Exchange.Manner = .message(isEphemeral: false), isReplay: Bool = false,
        maySpeak: Bool = true
    ) -> Exchange {
        Exchange(kind, manner: manner, receivedAt: .origin, isReplay: isReplay, maySpeak: maySpeak)
    }

    private mutating func step(_ input: Exchange.Input, at now: Double = 0) -> [Action] {
        exchange.handle(input, at: second(now))
    }

    private func respond(_ response: InteractionResponse, until: Double = 3, isFinal: Bool = false) -> Action {
        .respond(response, until: second(until), isFinal: isFinal)
    }

    private var publicMessage: InteractionResponse { .message(content, isEphemeral: false) }

    @Test("answers with the message when that is ready soon, and measures from the receipt on")
    mutating func soon() {
        #expect(step(.begin, at: 0.1) == [])
        #expect(exchange.deadline == second(1.5))
        #expect(step(.answer(.message(content)), at: 1) == [respond(publicMessage)])
        #expect(exchange.deadline == nil)
        #expect(step(.acknowledged, at: 1.25) == [.report(.acknowledged(after: .milliseconds(1_250))), .done(.answered)])
        #expect(exchange.deadline == nil)
    }

    @Test("says that it thinks a second and a half after the receipt, then edits that")
    mutating func later() {
        #expect(step(.begin, at: 1.4) == [])
        #expect(step(.tick, at: 1.499) == [])
        #expect(step(.tick, at: 1.5) == [respond(.deferred(isEphemeral: false))])
        #expect(step(.acknowledged, at: 1.6) == [.report(.acknowledged(after: .milliseconds(1_600)))])
        #expect(step(.answer(.message(content)), at: 600) == [.editOriginal(content)])
        #expect(step(.delivered, at: 601) == [.done(.answered)])
    }

    @Test("says at once that it thinks when the receipt was a while ago")
    mutating func lateBegin() {
        #expect(step(.begin, at: 2) == [respond(.deferred(isEphemeral: false))])
    }

    @Test("keeps an answer that is ready while Discord has not taken the deferral")
    mutating func overtaken() {
        _ = step(.tick, at: 1.5)
        #expect(step(.answer(.message(content)), at: 1.6) == [])
        #expect(step(.acknowledged, at: 1.7).last == .editOriginal(content))
    }

    @Test("is for one person from the first answer on")
    mutating func ephemeral() {
        exchange = Self.exchange(.command, .message(isEphemeral: true))
        #expect(step(.tick, at: 1.5) == [respond(.deferred(isEphemeral: true))])
        exchange = Self.exchange(.form, .message(isEphemeral: true))
        #expect(step(.answer(.message(content))) == [respond(.message(content, isEphemeral: true))])
    }

    @Test("of a button changes its message, now or later")
    mutating func update() {
        exchange = Self.exchange(.component, .update)
        #expect(step(.answer(.message(content))) == [respond(.update(content))])
        exchange = Self.exchange(.component, .update)
        #expect(step(.tick, at: 1.5) == [respond(.deferredUpdate)])
        _ = step(.acknowledged, at: 1.6)
        #expect(step(.answer(.message(content)), at: 2) == [.editOriginal(content)])
    }

    @Test("of a button with a message of its own follows up when that comes late", arguments: [true, false])
    mutating func followUp(isEphemeral: Bool) {
        exchange = Self.exchange(.component, .message(isEphemeral: isEphemeral))
        #expect(step(.tick, at: 1.5) == [respond(.deferredUpdate)])
        _ = step(.acknowledged, at: 1.6)
        #expect(step(.answer(.message(content)), at: 2) == [.followUp(content, isEphemeral: isEphemeral)])
        #expect(step(.delivered, at: 2) == [.done(.answered)])
    }

    @Test("takes \u{201C}thinking…\u{201D} back when there is nothing to say")
    mutating func nothing() {
        #expect(step(.answer(.nothing)) == [respond(.deferred(isEphemeral: false))])
        #expect(step(.acknowledged).last == .deleteOriginal)
        #expect(step(.delivered) == [.done(.answered)])
        exchange = Self.exchange(.component, .update)
        #expect(step(.answer(.nothing)) == [respond(.deferredUpdate)])
        #expect(step(.acknowledged).last == .done(.answered))
    }

    @Test(
        "edits when it had an answer already, or may have had one",
        arguments: [(40_060, false), (10_062, true), (nil, true)] as [(Int?, Bool)])
    mutating func alreadyAnswered(code: Int?, mayBeDone: Bool) {
        let refusal = Exchange.Input.notAcknowledged(code: code, mayBeDone: mayBeDone)
        _ = step(.answer(.message(content)))
        #expect(step(refusal, at: 1) == [.editOriginal(content)])
        exchange = Self.exchange(.command)
        _ = step(.tick, at: 1.5)
        #expect(step(refusal, at: 2) == [])
        #expect(step(.answer(.message(content)), at: 3) == [.editOriginal(content)])
    }

    @Test("goes on in the channel when it came too late for Discord", arguments: [10_062, nil] as [Int?])
    mutating func tooLate(code: Int?) {
        _ = step(.answer(.message(content)))
        #expect(step(.notAcknowledged(code: code, mayBeDone: false), at: 3) == [.sendInChannel(content)])
        #expect(step(.delivered, at: 4) == [.done(.answeredInChannel)])
        exchange = Self.exchange(.command)
        _ = step(.tick, at: 1.5)
        #expect(step(.notAcknowledged(code: code, mayBeDone: false), at: 3) == [])
        #expect(step(.answer(.message(content)), at: 9) == [.sendInChannel(content)])
        #expect(step(.notDelivered(code: 50_013), at: 9) == [.done(.lost(.refused(code: 50_013)))])
    }

    @Test("goes on in the channel when its token has run out", arguments: [50_027, 10_015, 10_062, 10_008])
    mutating func expired(code: Int) {
        _ = step(.tick, at: 1.5)
        _ = step(.acknowledged, at: 1.6)
        let early = exchange
        #expect(step(.answer(.message(content)), at: 895) == [.sendInChannel(content)])
        exchange = early
        #expect(step(.answer(.message(content)), at: 894) == [.editOriginal(content)])
        #expect(step(.notDelivered(code: code), at: 895) == [.sendInChannel(content)])
    }

    @Test("does not say twice what may have been said")
    mutating func lostAnswer() {
        exchange = Self.exchange(.component)
        _ = step(.tick, at: 1.5)
        _ = step(.acknowledged, at: 1.6)
        _ = step(.answer(.message(content)), at: 2)
        #expect(step(.notDelivered(code: nil), at: 9) == [.done(.lost(.refused(code: nil)))])
    }

    @Test("tells the channel nothing that was for one person, nor where it may not speak")
    mutating func silence() {
        for silent in [
            Self.exchange(.command, .message(isEphemeral: true)), Self.exchange(.command, maySpeak: false),
            // The message above a button may be one that a single person sees.
            Self.exchange(.component, .update),
        ] {
            exchange = silent
            _ = step(.answer(.message(content)))
            #expect(step(.notAcknowledged(code: 10_062, mayBeDone: false), at: 3) == [.done(.lost(.tooLate))])
            exchange = silent
            _ = step(.tick, at: 1.5)
            #expect(step(.notAcknowledged(code: 10_062, mayBeDone: false), at: 3) == [.done(.lost(.tooLate))])
        }
    }

    @Test("gives up what Discord refuses for another reason")
    mutating func refused() {
        _ = step(.answer(.message(content)))
        #expect(step(.notAcknowledged(code: 50_035, mayBeDone: false), at: 1) == [.done(.lost(.refused(code: 50_035)))])
        #expect(step(.tick, at: 9) == [])
    }

    @Test("that comes again after a resumed session is tried once, and its failure is no matter", arguments: [true, false])
    mutating func replay(isMarked: Bool) {
        exchange = Self.exchange(.command, isReplay: isMarked)
        let now = isMarked ? 0 : 3.0
        #expect(step(.begin, at: now) == [respond(.deferred(isEphemeral: false), until: now + 3, isFinal: true)])
        let tried = exchange
        #expect(step(.notAcknowledged(code: 10_062, mayBeDone: false), at: now) == [.done(.lost(.tooLate))])
        exchange = tried
        _ = step(.acknowledged, at: now)
        #expect(step(.answer(.message(content)), at: now + 1) == [.editOriginal(content)])
    }

    @Test("that completes what is typed is never deferred, and dropped when late")
    mutating func completion() throws {
        let choices = [try #require(InteractionResponse.Choice(name: "Kik", value: "kik"))]
        exchange = Self.exchange(.completion)
        #expect(step(.begin, at: 1.6) == [])
        #expect(exchange.deadline == second(3))
        #expect(step(.answer(.choices(choices)), at: 2.9) == [respond(.choices(choices))])
        #expect(step(.notAcknowledged(code: 10_062, mayBeDone: false), at: 3) == [.done(.lost(.tooLate))])
        exchange = Self.exchange(.completion)
        #expect(step(.tick, at: 3) == [.done(.lost(.tooLate))])
        #expect(step(.answer(.choices(choices)), at: 3) == [])
        exchange = Self.exchange(.completion)
        #expect(step(.begin, at: 3) == [.done(.lost(.tooLate))])
    }

    @Test("does not wait for an answer for ever")
    mutating func endless() {
        _ = step(.tick, at: 1.5)
        _ = step(.acknowledged, at: 1.6)
        #expect(exchange.deadline == second(1_800))
        #expect(step(.tick, at: 1_800) == [.done(.lost(.tooLate))])
    }

    @Test("of any order ends once, and answers once", arguments: 1...4 as ClosedRange<UInt64>)
    mutating func anyOrder(seed: UInt64) {
        var chance = Jitter(seed: seed)
        let kinds: [Interaction.Kind] = [.command, .component, .completion, .form, .other(9)]
        let manners: [Exchange.Manner] = [.message(isEphemeral: true), .message(isEphemeral: false), .update]
        for _ in 0..<3_000 {
            exchange = Self.exchange(
                chance.pick(kinds), chance.pick(manners), isReplay: chance.below(5) == 0, maySpeak: chance.below(2) == 0)
            var (now, ends, responses) = (0.0, 0, 0)
            for turn in 0..<12 {
                now += chance.fraction() * 2
                for action in step(turn == 0 ? .begin : Self.input(content, &chance), at: now) {
                    if case .respond = action { responses += 1 }
                    if case .done = action { ends += 1 }
                }
            }
            #expect(ends <= 1 && responses <= 1)
        }
    }

    private static func input(_ content: MessageContent, _ chance: inout Jitter) -> Exchange.Input {
        let codes = [nil, 10_062, 40_060, 50_027, 50_035, 10_008]
        return switch chance.below(7) {
        case 0: .answer(chance.pick([.message(content), .nothing, .choices([])]))
        case 1: .acknowledged
        case 2: .notAcknowledged(code: chance.pick(codes), mayBeDone: chance.below(2) == 0)
        case 3: .delivered
        case 4: .notDelivered(code: chance.pick(codes))
        default: .tick
        }
    }
}
