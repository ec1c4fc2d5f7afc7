import Foundation
import Schedules
import Status
import Testing

@Suite("Who is told of what")
struct SubscriptionsTests {
    private let ann = Subscriptions.Listener.person("1")
    private let place = Subscriptions.Listener.place("10", community: "9")
    private var subscriptions = Subscriptions()

    /// What is told to whom: `true` for good news.
    private func told(_ notices: [Subscriptions.Notice]) -> [Bool] { notices.map(\.isBack) }

    @Test("who waits for it to be back is told once, and never again")
    mutating func once() {
        #expect(subscriptions.add(ann, to: "kik", .once, state: .down, language: "en") == .added)
        #expect(subscriptions.changed("kik", to: .partial).isEmpty)
        #expect(subscriptions.changed("whatsapp", to: .up).isEmpty)
        let notices = subscriptions.changed("kik", to: .up)
        #expect(told(notices) == [true] && notices[0].isLast && notices[0].subscription.listener == ann)
        #expect(subscriptions.count == 0)
        #expect(subscriptions.changed("kik", to: .down).isEmpty)
    }

    @Test("who listens from now on is told when it goes down and when it is back, each once")
    mutating func standing() {
        #expect(subscriptions.add(place, to: "kik", .standing, state: .up, language: "de") == .added)
        let states: [Verdict.State] = [.up, .degraded, .down, .partial, .unknown, .down, .maintenance, .up, .up, .unknown, .up]
        var news: [Bool] = []
        for state in states { news += told(subscriptions.changed("kik", to: state)) }
        #expect(news == [false, true])
        #expect(subscriptions.contains(place, "kik"))
    }

    @Test("who subscribes while it is down is not told that it is down")
    mutating func known() {
        _ = subscriptions.add(ann, to: "kik", .standing, state: .down, language: "en")
        #expect(subscriptions.changed("kik", to: .down).isEmpty)
        #expect(told(subscriptions.changed("kik", to: .up)) == [true])
    }

    @Test("nobody is told what nobody knows")
    mutating func unknown() {
        _ = subscriptions.add(ann, to: "kik", .standing, state: .up, language: "en")
        for state in [Verdict.State.unknown, .maintenance, .degraded] { #expect(subscriptions.changed("kik", to: state).isEmpty) }
    }

    @Test("asking twice is asking once; asking for more is asking for more")
    mutating func twice() {
        #expect(subscriptions.add(ann, to: "kik", .once, state: .down, language: "en") == .added)
        #expect(subscriptions.add(ann, to: "kik", .once, state: .down, language: "en") == .already)
        #expect(subscriptions.add(ann, to: "kik", .standing, state: .down, language: "en") == .added)
        #expect(subscriptions.add(ann, to: "kik", .once, state: .down, language: "en") == .already)
        #expect(subscriptions.count == 1)
        let notices = subscriptions.changed("kik", to: .up)
        #expect(notices.count == 1 && !notices[0].isLast)
    }

    @Test("nobody takes more than their share, and others get theirs all the same")
    mutating func quota() {
        var outcomes: [Subscriptions.Outcome] = []
        for number in 0..<30 {
            outcomes.append(subscriptions.add(ann, to: ServiceID("s\(number)"), .standing, state: .up, language: "en"))
        }
        #expect(outcomes.count { $0 == .added } == 25 && outcomes.last == .tooMany)
        #expect(subscriptions.add(.person("2"), to: "kik", .standing, state: .up, language: "en") == .added)
        var places: [Subscriptions.Outcome] = []
        for number in 0..<300 {
            places.append(
                subscriptions.add(.place("\(number)", community: "9"), to: "kik", .standing, state: .up, language: "en"))
        }
        #expect(places.count { $0 == .added } == 200 && places.last == .tooMany)
        #expect(subscriptions.inCommunity("9").count == 200)
        #expect(subscriptions.add(.place("1", community: "8"), to: "kik", .standing, state: .up, language: "en") == .added)
    }

    @Test("what is ended is ended for that one alone")
    mutating func ending() {
        for listener in [ann, place] { _ = subscriptions.add(listener, to: "kik", .standing, state: .up, language: "en") }
        let removals = [subscriptions.remove(ann, from: "kik"), subscriptions.remove(ann, from: "kik")]
        #expect(removals == [true, false])
        #expect(subscriptions.contains(place, "kik"))
        subscriptions.remove(place)
        #expect(subscriptions.count == 0)
    }

    @Test("it is the same after it was written and read")
    mutating func kept() throws {
        for listener in [ann, place] { _ = subscriptions.add(listener, to: "kik", .once, state: .down, language: "pt") }
        let bytes = try JSONEncoder().encode(subscriptions)
        #expect(try JSONDecoder().decode(Subscriptions.self, from: bytes) == subscriptions)
    }
}
