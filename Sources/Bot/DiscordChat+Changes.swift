import Clocks
import Discord
import DiscordClient
import HTTP
import Logging
import Replies
import Schedules
import Status
import Synchronization
import Timing

/// Where an answer stands.
struct PostedPlace: Hashable, Sendable {
    enum Message: Hashable, Sendable {
        /// By its id and its channel's.
        case posted(Snowflake, Snowflake)
        /// The first answer to an interaction, by the application and the interaction's token.
        case response(Snowflake, Secret)
    }

    var message: Message
    /// What the bot may do there, where that was known.
    var permissions: UInt64?

    /// One message is one place, whatever is known of it.
    static func == (left: Self, right: Self) -> Bool { left.message == right.message }

    func hash(into hasher: inout Hasher) { hasher.combine(message) }
}

/// What is done without being asked: answers put right, and news to those who wish for it.
extension DiscordChat {
    /// Goes on until the changes end.
    func follow(_ changes: AsyncStream<StatusDesk.Change>) async {
        await withDiscardingTaskGroup { group in
            for await change in changes where change.before.state != change.after.state {
                // What is wrong and who is due is decided in the order of the changes; whoever is to be told waits for no edit.
                let due = due(change)
                let wrong = wrong(since: change.service, in: change.after.state)
                group.addTask { for notice in due { await self.tell(notice) } }
                group.addTask { for answer in wrong { await self.putRight(answer, since: change.service) } }
            }
            group.cancelAll()
        }
    }

    /// Remembers an answer that now stands there; what has changed while it was on its way is put right at once.
    func note(_ subject: Outcome.Subject, at place: PostedPlace, in room: String, language: String) async {
        switch subject.wanted {
        case .status, .fixes: break
        // What was, what can be explained and whom to ask does not change with the state.
        default: return
        }
        let now = clock.now
        posted.withLock {
            $0.note(
                .init(
                    place: place, room: room, wanted: subject.wanted, services: subject.services, language: language,
                    states: subject.states, isGuess: subject.doubt == .service, offersMore: subject.doubt == .wish, at: now),
                at: now)
        }
        let (verdicts, _) = await responder.desk.verdicts(of: subject.services)
        for (place, service) in subject.services.enumerated() where verdicts[place].state != subject.states[place] {
            for answer in wrong(since: service, in: verdicts[place].state) { await putRight(answer, since: service) }
        }
    }

    private func wrong(since service: ServiceID, in state: Verdict.State) -> [PostedAnswers<PostedPlace>.Posted] {
        let now = clock.now
        return posted.withLock { $0.changed(service, to: state, at: now) }
    }

    private func putRight(_ answer: PostedAnswers<PostedPlace>.Posted, since service: ServiceID) async {
        guard let reply = await responder.revised(answer, since: service),
            let content = content(reply, language: answer.language, with: answer.place.permissions)
        else { return }
        let request: RESTRequest =
            switch answer.place.message {
            case .posted(let message, let channel): .editMessage(message, in: channel, content)
            case .response(let application, let token): .editOriginalResponse(of: application, token, content)
            }
        do throws(RESTError) {
            _ = try await rest.send(request, priority: .scheduled, patience: Self.patience)
        } catch .closed, .cancelled {
            return
        } catch {
            log.info("an answer could not be put right", metadata: ["why": "\(error)"])
        }
    }
}

/// News.
extension DiscordChat {
    /// Whom to tell of a change; those who are being told already are not told twice.
    private func due(_ change: StatusDesk.Change) -> [Subscriptions.Notice] {
        let due = responder.book.look { $0.subscriptions.due(change.service, in: change.after.state) }
        return beingTold.withLock { beingTold in due.filter { beingTold.insert($0.subscription.key).inserted } }
    }

    /// Tells one, who stays due until they have been: what a stop or a fault of Discord's prevents comes with the next change, or with the
    /// first verdict of the next process.
    private func tell(_ notice: Subscriptions.Notice) async {
        defer { beingTold.withLock { _ = $0.remove(notice.subscription.key) } }
        guard !Task.isCancelled, let reply = await responder.news(notice),
            let content = content(reply, language: notice.subscription.language, with: nil)
        else { return }
        let listener = notice.subscription.listener
        do throws(RESTError) {
            guard let channel = try await channel(of: listener) else { return }
            let nonce = Nonce(source: "\(notice.subscription.key) \(Timestamp.now.milliseconds)", purpose: .notice)
            let request = RESTRequest.createMessage(in: channel, content, nonce: nonce)
            _ = try await rest.send(request, priority: .scheduled, patience: Self.patience)
            responder.book.with { $0.subscriptions.told(notice) }
        } catch .closed, .cancelled {
            return
        } catch {
            log.info("news was not delivered", metadata: ["why": "\(error)"])
            // Gone, or shut to us for good: nobody is to be tried again and again.
            if let code = error.code, ErrorCode.isUnreachable(code) { responder.book.with { $0.subscriptions.remove(listener) } }
        }
    }

    private func channel(of listener: Subscriptions.Listener) async throws(RESTError) -> Snowflake? {
        switch listener {
        case .place(let place, _): return UInt64(place).map { Snowflake(rawValue: $0) }
        case .person(let person):
            guard let id = UInt64(person) else { return nil }
            let answer = try await rest.send(
                .createDirectChannel(with: Snowflake(rawValue: id)), priority: .scheduled, patience: Self.patience)
            return DirectChannel(decoding: answer.body)?.id
        }
    }

    /// An answer could not be given where it was asked for: says so to the asker alone, once for each channel.
    func explain(_ message: Message, _ error: RESTError) async {
        guard let code = error.code, ErrorCode.isSilenced(code), message.guildID != nil,
            silent.withLock({ silent in
                if silent.count >= Self.mostSilent { silent = [] }
                return silent.insert(message.channelID).inserted
            })
        else { return }
        let manners = manners(in: message.channelID, of: message.guildID) ?? responder.manners
        let reply = responder.composer.notice(
            "refusals.md", "cannot-speak", ["channel": "<#\(message.channelID)>"], language: manners.language)
        guard let content = MessageContent(paragraphs: reply.paragraphs) else { return }
        do throws(RESTError) {
            guard let channel = try await channel(of: .person("\(message.author.id)")) else { return }
            let nonce = Nonce(source: message.id, purpose: .error)
            _ = try await rest.send(.createMessage(in: channel, content, nonce: nonce), patience: Self.patience)
        } catch {
            log.info("who asked could not be told either", metadata: ["why": "\(error)"])
            // Perhaps the next one can be.
            silent.withLock { _ = $0.remove(message.channelID) }
        }
    }
}

extension Subscriptions.Subscription {
    /// Names it among all others.
    fileprivate var key: String { "\(listener) \(service)" }
}
