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

    /// Tells all who are due.
    private mutating func change(_ service: ServiceID, to state: Verdict.State) -> [Subscriptions.Notice] {
        let due = subscriptions.due(service, in: state)
        for notice in due { subscriptions.told(notice) }
        return due
    }

    @Test("who waits for it to be back is told once, and never again")
    mutating func once() {
        #expect(subscriptions.add(ann, to: "kik", .once, state: .down, language: "en") == .added)
        #expect(subscriptions.due("kik", in: .partial).isEmpty)
        #expect(subscriptions.due("whatsapp", in: .up).isEmpty)
        let notices = change("kik", to: .up)
        #expect(told(notices) == [true] && notices[0].isLast && notices[0].subscription.listener == ann)
        #expect(subscriptions.count == 0)
        #expect(subscriptions.due("kik", in: .down).isEmpty)
    }

    @Test("who listens from now on is told when it goes down and when it is back, each once")
    mutating func standing() {
        #expect(subscriptions.add(place, to: "kik", .standing, state: .up, language: "de") == .added)
        let states: [Verdict.State] = [.up, .degraded, .down, .partial, .unknown, .down, .maintenance, .up, .up, .unknown, .up]
        var news: [Bool] = []
        for state in states { news += told(change("kik", to: state)) }
        #expect(news == [false, true])
        #expect(subscriptions.contains(place, "kik"))
    }

    @Test("who subscribes while it is down is not told that it is down")
    mutating func known() {
        _ = subscriptions.add(ann, to: "kik", .standing, state: .down, language: "en")
        #expect(subscriptions.due("kik", in: .down).isEmpty)
        let back = change("kik", to: .up)
        #expect(told(back) == [true])
    }

    @Test("nobody is told what nobody knows")
    mutating func unknown() {
        _ = subscriptions.add(ann, to: "kik", .standing, state: .up, language: "en")
        for state in [Verdict.State.unknown, .maintenance, .degraded] { #expect(subscriptions.due("kik", in: state).isEmpty) }
    }

    @Test("asking twice is asking once; asking for more is asking for more")
    mutating func twice() {
        #expect(subscriptions.add(ann, to: "kik", .once, state: .down, language: "en") == .added)
        #expect(subscriptions.add(ann, to: "kik", .once, state: .down, language: "en") == .already)
        #expect(subscriptions.add(ann, to: "kik", .standing, state: .down, language: "en") == .added)
        #expect(subscriptions.add(ann, to: "kik", .once, state: .down, language: "en") == .already)
        #expect(subscriptions.count == 1)
        let notices = change("kik", to: .up)
        #expect(notices.count == 1 && !notices[0].isLast)
    }

    @Test("who was not reached stays due, and is told the next time")
    mutating func undelivered() {
        _ = subscriptions.add(ann, to: "kik", .once, state: .down, language: "en")
        #expect(subscriptions.due("kik", in: .up).count == 1)
        #expect(subscriptions.due("kik", in: .unknown).isEmpty)
        let again = change("kik", to: .up)
        #expect(again.count == 1 && subscriptions.count == 0)
        // Who was told is told no more, by whatever was still on its way.
        for notice in again { subscriptions.told(notice) }
        #expect(subscriptions.due("kik", in: .up).isEmpty)
    }

    @Test("who listens anyway and asks to be told of the return is told, though it never was down")
    mutating func promised() {
        _ = subscriptions.add(ann, to: "kik", .standing, state: .up, language: "en")
        #expect(!subscriptions.awaitsReturn(ann, of: "kik"))
        #expect(subscriptions.add(ann, to: "kik", .once, state: .degraded, language: "en") == .already)
        #expect(subscriptions.awaitsReturn(ann, of: "kik"))
        let back = change("kik", to: .up)
        #expect(told(back) == [true] && subscriptions.contains(ann, "kik"))
    }

    @Test("who asked for the return, and then for everything, is told of the outage too")
    mutating func upgraded() {
        _ = subscriptions.add(ann, to: "kik", .once, state: .degraded, language: "en")
        _ = subscriptions.add(ann, to: "kik", .standing, state: .degraded, language: "en")
        let news = change("kik", to: .down)
        #expect(told(news) == [false])
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
