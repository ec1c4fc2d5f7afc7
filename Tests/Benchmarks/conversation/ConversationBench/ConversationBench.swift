import Bot
import Foundation
import Intents
import Replies
import Status
import Timing

/// What the conversation costs by itself: completion over ten thousand services, and the words of an answer with its buttons, in each
/// language. One line of JSON.
@main
struct ConversationBench {
    static func main() throws {
        let configuration = Configuration()
        let installation = try Installation.located()
        let services = try installation.services(configuration)
        let composer = ReplyComposer(catalog: try installation.responses(configuration), services: services)
        var figures: [String: Double] = [:]
        completion(services, &figures)
        rendering(composer, services.first { $0.id == "kik" } ?? services[0], &figures)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        print(String(decoding: try encoder.encode(figures), as: UTF8.self))
    }

    /// Ten thousand services with names as people give them, each with three aliases, and what is typed on the way to one: every beginning
    /// of its name, then the name with a letter missing, and names that nobody has.
    private static func completion(_ known: [Service], _ figures: inout [String: Double]) {
        let words =
            known.flatMap { $0.name.split(separator: " ").map(String.init) } + [
                "cloud", "bank", "play", "mail", "shop", "home", "auto",
            ]
        var chance = Jitter(seed: 7)
        func word() -> String { words[Int(chance.fraction() * Double(words.count))] }
        let services = (0..<10_000).map { number in
            Service(
                id: ServiceID("service-\(number)"), name: "\(word()) \(word()) \(number)",
                aliases: [word() + word(), "\(word())\(number)", word() + " app"], components: [])
        }
        let start = ContinuousClock.now
        let completion = ServiceCompletion(services)
        figures["completion_build_ms"] = start.duration(to: .now).inMilliseconds
        var times: [Duration] = []
        var offered = 0
        for number in 0..<200 {
            let name = services[(number * 47) % services.count].name.lowercased()
            var typed = (1...min(12, name.count)).map { String(name.prefix($0)) }
            var slipped = name
            slipped.remove(at: slipped.index(slipped.startIndex, offsetBy: 2))
            typed += [slipped, String(slipped.prefix(7)), "qxzvkw", ""]
            for text in typed {
                let begun = ContinuousClock.now
                offered += completion.offers(for: text).count
                times.append(begun.duration(to: .now))
            }
        }
        precondition(offered > 10_000, "nothing was offered")
        note(times, "completion", &figures)
    }

    private static func rendering(_ composer: ReplyComposer, _ service: Service, _ figures: inout [String: Double]) {
        let now = Instant.origin.advanced(by: .seconds(100))
        let up = Verdict(
            state: .up, scope: .everyone, confidence: 0.97, observed: .origin,
            because: [.answers(component: "messaging", milliseconds: 83)], against: [.people(count: 3)])
        let down = Verdict(
            state: .down, scope: .everyone, confidence: 0.97, observed: .origin,
            because: [.silent(component: "messaging", phase: .connect, failed: 5, of: 5), .people(count: 12)])
        var triage = Triage(service: service.id, symptom: .crash, platform: .android, began: Timestamp(milliseconds: 0))
        triage.stage = .steps(after: nil)
        let asking = Triage(service: service.id, symptom: .cannotSend, began: Timestamp(milliseconds: 0))
        for language in composer.catalog.languages {
            var answers: [Duration] = []
            var scenes: [Duration] = []
            for round in 0..<2_000 {
                let verdict = round.isMultiple(of: 2) ? up : down
                var begun = ContinuousClock.now
                var reply = composer.compose(.status, service: service, verdict: verdict, at: now, language: language)
                reply.choices = composer.choices(under: .status, about: service, state: verdict.state, language: language)
                answers.append(begun.duration(to: .now))
                precondition(reply.choices.count >= 4)
                begun = ContinuousClock.now
                let scene = composer.compose(
                    round.isMultiple(of: 4) ? triage : asking, service: service, verdict: up, at: now, language: language)
                scenes.append(begun.duration(to: .now))
                precondition(scene.choices.count >= 2)
            }
            note(answers, "answer_\(language)", &figures)
            note(scenes, "scene_\(language)", &figures)
        }
    }

    private static func note(_ times: [Duration], _ name: String, _ figures: inout [String: Double]) {
        let sorted = times.map(\.inMilliseconds).sorted()
        figures["\(name)_p50_ms"] = sorted[sorted.count / 2]
        figures["\(name)_p99_ms"] = sorted[sorted.count * 99 / 100]
    }
}

extension Duration {
    fileprivate var inMilliseconds: Double {
        Double(components.seconds) * 1_000 + Double(components.attoseconds) / 1e15
    }
}
