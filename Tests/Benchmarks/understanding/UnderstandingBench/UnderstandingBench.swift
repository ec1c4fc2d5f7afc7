import Bot
import CAllocations
import Foundation
import Intents
import Logging
import Replies
import Status
import Timing

/// What a message costs: sorted out at a glance, judged, understood; and what the model is.
///
/// The lines are the examples that we ship: for time it does not matter that the model has seen them.
@main
struct UnderstandingBench {
    /// In a mixed chat one message in so many is a question about a service.
    private static let oneIn = 50
    private static let rounds = 9

    static func main() throws {
        let installation = try Installation.located()
        let lessons = try installation.lessons(Configuration())
        let clock = ContinuousClock()
        let begun = clock.now
        let model = IntentModel(examples: lessons.examples, services: lessons.services)
        let trained = begun.duration(to: clock.now)

        let everywhere = try responder(installation, defaultService: nil)
        let aboutKik = try responder(installation, defaultService: "kik")
        let texts = lessons.examples.map { $0.text.replacing("{service}", with: "Kik") }
        let lines = Lines(texts)
        let chatter = lines.where { !everywhere.mayConcern($0) && aboutKik.consider(Self.question($0)) == nil }
        let questions = lines.where { everywhere.mayConcern($0) && everywhere.consider(Self.question($0)) != nil }
        let mixed = Lines(mixing: questions, into: chatter, oneIn: oneIn)

        var figures: [(key: String, value: Double, meaning: String)] = []
        func add(_ key: String, _ value: Double, _ meaning: String) { figures.append((key, value, meaning)) }
        let before = isitdown_allocations()
        var passed = 0
        chatter.forEach { if everywhere.mayConcern($0) { passed += 1 } }
        let allocated = isitdown_allocations() - before
        precondition(passed == 0 && chatter.count > 1_000 && questions.count > 500, "the lines are not what they should be")

        add("not_for_us", nanoseconds(chatter) { everywhere.mayConcern($0) }, "ns for a message that is plainly not for us")
        add("allocations_not_for_us", Double(allocated) / Double(chatter.count), "allocations for one")
        add(
            "not_for_us_judged", nanoseconds(chatter) { aboutKik.mayConcern($0) }, "ns for one in a chat with a usual service"
        )
        add(
            "for_us", nanoseconds(questions) { everywhere.consider(Self.question($0)) != nil },
            "ns for a question, until it is known what it wants")
        let endless = Lines(
            Array(repeating: String(repeating: "nothing to see here, move along please ", count: 2_700), count: 50))
        add("longest_not_for_us", nanoseconds(endless) { everywhere.mayConcern($0) }, "ns for one of 100 KB that is not for us")
        let longest = Lines(
            Array(repeating: String(repeating: "is kik down? nothing loads since noon ", count: 2_700), count: 50))
        add("longest", nanoseconds(longest) { everywhere.consider(Self.question($0)) != nil }, "ns for one of 100 KB")
        let each = nanoseconds(mixed) { everywhere.mayConcern($0) && everywhere.consider(Self.question($0)) != nil }
        add("mixed_per_second", 1e9 / each, "messages a second, one in \(oneIn) a question")
        let eachOfKik = nanoseconds(mixed) { aboutKik.mayConcern($0) && aboutKik.consider(Self.question($0)) != nil }
        add("mixed_per_second_judged", 1e9 / eachOfKik, "the same in a chat with a usual service")
        add("model_bytes", Double(model.size), "bytes of the model")
        add("train_ms", trained.milliseconds, "ms to learn it from \(lessons.examples.count) examples")

        if CommandLine.arguments.contains("--json") {
            let pairs = figures.map { "\"\($0.key)\": \(($0.value * 10).rounded() / 10)" }
            print("{\(pairs.joined(separator: ", "))}")
        } else {
            for figure in figures { print("\(Int(figure.value.rounded())) \(figure.meaning)") }
        }
    }

    private static func responder(_ installation: Installation, defaultService: String?) throws -> Responder {
        var configuration = Configuration()
        configuration.chat.defaultService = defaultService
        let log = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let desk = StatusDesk.make(configuration: configuration, pace: StatusBoard.Settings(), log: log)
        return try Pipeline(installation: installation, configuration: configuration, desk: desk).responder
    }

    private static func question(_ text: UnsafeBufferPointer<UInt8>) -> Question {
        Question(id: "1", place: "2", person: "3", text: String(decoding: text, as: UTF8.self), isAddressed: false)
    }

    /// Has every outcome needed by somebody, so that none is optimized away.
    nonisolated(unsafe) private static var taken = 0

    /// The median of several passes over all lines, per line.
    private static func nanoseconds(_ lines: Lines, _ isTaken: (UnsafeBufferPointer<UInt8>) -> Bool) -> Double {
        let clock = ContinuousClock()
        let times = (0..<rounds).map { _ in
            let start = clock.now
            lines.forEach { if isTaken($0) { taken += 1 } }
            return start.duration(to: clock.now).milliseconds * 1e6 / Double(lines.count)
        }
        return times.sorted()[rounds / 2]
    }
}

/// Texts in UTF-8, one after another as in a receive buffer.
private struct Lines {
    private var bytes: [UInt8] = []
    private var ranges: [Range<Int>] = []

    var count: Int { ranges.count }

    init(_ texts: [String]) {
        for text in texts { add(text.utf8) }
    }

    /// Every so many lines of `others` one of `few`.
    init(mixing few: Lines, into others: Lines, oneIn: Int) {
        for (index, range) in others.ranges.enumerated() {
            if index.isMultiple(of: oneIn - 1) { add(few.bytes[few.ranges[index / (oneIn - 1) % few.count]]) }
            add(others.bytes[range])
        }
    }

    private mutating func add(_ text: some Sequence<UInt8>) {
        let start = bytes.count
        bytes.append(contentsOf: text)
        ranges.append(start..<bytes.count)
    }

    func forEach(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        bytes.withUnsafeBufferPointer { all in
            for range in ranges { body(UnsafeBufferPointer(rebasing: all[range])) }
        }
    }

    func `where`(_ belongs: (UnsafeBufferPointer<UInt8>) -> Bool) -> Lines {
        var rest = Lines([])
        forEach { if belongs($0) { rest.add($0) } }
        return rest
    }
}
