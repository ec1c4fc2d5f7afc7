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
}

/// What is done without being asked: answers put right, and news to those who wish for it.
extension DiscordChat {
    /// Goes on until the changes end.
    func follow(_ changes: AsyncStream<StatusDesk.Change>) async {
        await withDiscardingTaskGroup { group in
            for await change in changes where change.before.state != change.after.state {
                // Whoever is to be told waits for no edit.
                group.addTask { await self.tell(change) }
                group.addTask { await self.putRight(change) }
            }
            group.cancelAll()
        }
    }

    func note(_ subject: Outcome.Subject, at place: PostedPlace, in room: String, language: String) {
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
                    states: subject.states,
                    at: now), at: now)
        }
    }

    private func putRight(_ change: StatusDesk.Change) async {
        let now = clock.now
        let wrong = posted.withLock { $0.changed(change.service, to: change.after.state, at: now) }
        for answer in wrong {
            guard let reply = await responder.revised(answer.wanted, answer.services, change, language: answer.language),
                let content = content(reply, language: answer.language, with: answer.place.permissions)
            else { continue }
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

    private func tell(_ change: StatusDesk.Change) async {
        let notices = responder.book.with { $0.subscriptions.changed(change.service, to: change.after.state) }
        for (number, notice) in notices.enumerated() {
            guard let reply = await responder.news(notice, change),
                let content = content(reply, language: notice.subscription.language, with: nil)
            else { continue }
            await deliver(content, notice, nonce: "\(change.service) \(Timestamp.now.milliseconds) \(number)")
        }
    }

    private func deliver(_ content: MessageContent, _ notice: Subscriptions.Notice, nonce: String) async {
        let listener = notice.subscription.listener
        do throws(RESTError) {
            guard let channel = try await channel(of: listener) else { return }
            let request = RESTRequest.createMessage(in: channel, content, nonce: Nonce(source: nonce, purpose: .notice))
            _ = try await rest.send(request, priority: .scheduled, patience: Self.patience)
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
            silent.withLock({ $0.insert(message.channelID) })
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
        }
    }
}
