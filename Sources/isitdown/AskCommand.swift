import ArgumentParser
import Bot
import Logging
import Replies
import Status
import Timing

/// One question through the whole pipeline.
struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Ask one question, as if in a chat.",
        discussion: "Exits 0 up, 1 degraded or partial, 2 down, 3 unknown or maintenance, or when the answer is about no service."
    )

    @Argument(help: "The question, for example \"is kik down?\".")
    var text: String

    @Flag(help: "One JSON object: verdict, scope, confidence, age, reasons and the reply.")
    var json = false

    @Option(help: "Answer in this language, as a tag such as en or pt-BR.")
    var language: String?

    func validate() throws {
        guard text.contains(where: { !$0.isWhitespace }) else { throw ValidationError("The question is empty.") }
    }

    func run() async throws {
        let session = try Session()
        let desk = session.impatientDesk()
        let pipeline = try Session.orExit { () throws(Mistakes) in
            try Pipeline(installation: session.installation, configuration: session.configuration, desk: desk)
        }
        let question = Question(id: "ask", place: "terminal", person: "you", text: text, isAddressed: true)
        guard var answer = pipeline.responder.consider(question) else { throw ExitStatus.of(.unknown) }
        if let language { answer.language = language }
        let services = answer.services.compactMap { id in pipeline.services.first { $0.id == id } }
        guard !services.isEmpty, answer.wanted != .didYouMean else {
            let slow = Task { try await Patience.explain("Looking") }
            let reply = await pipeline.responder.reply(answer)?.text ?? ""
            slow.cancel()
            await desk.stop()
            if json { try printJSON(AnswerLine(reply: reply)) } else { print(reply) }
            throw ExitStatus.of(.unknown)
        }
        let slow = Task { try await Patience.explain("Looking at \(services.map(\.name).joined(separator: ", "))") }
        await desk.watch(services)
        await FeedWatch.askOnce(services, configuration: session.configuration, desk: desk, log: session.logger(.error))
        await withTaskGroup(of: Void.self) { group in
            for service in services {
                group.addTask { _ = await desk.settledVerdict(of: service.id, patience: Session.patience) }
            }
        }
        let (verdict, now) = await desk.settledVerdict(of: services[0].id, patience: Session.patience)
        slow.cancel()
        let reply = await pipeline.responder.reply(answer)?.text ?? ""
        await desk.stop()
        if json {
            let composer = pipeline.composer
            try printJSON(
                AnswerLine(
                    service: services[0].id.rawValue,
                    verdict: verdict,
                    because: composer.sentences(for: verdict.because, about: services[0], language: answer.language),
                    against: composer.sentences(for: verdict.against, about: services[0], language: answer.language),
                    age: verdict.observed.map { $0.duration(to: now) },
                    reply: reply
                )
            )
        } else {
            print(reply)
        }
        throw ExitStatus.of(verdict.state)
    }
}
