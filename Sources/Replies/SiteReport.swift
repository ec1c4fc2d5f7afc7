import Status
import Timing

/// What is said of a page that somebody named. Nothing they wrote stands in it but the host, which is known to be one.
struct SiteReport {
    let host: String
    let look: PageLook
    let voice: Voice

    var reply: Reply {
        Reply(tone: tone, paragraphs: [words].compactMap(\.self))
    }

    private var tone: Reply.Tone {
        switch look {
        case .looked(let result):
            switch result.outcome {
            case .ok: .good
            case .slow, .blocked: .uneasy
            case .failed: .bad
            }
        case .blind: .unsure
        case .wait, .refused: .neutral
        }
    }

    private var words: String? {
        switch look {
        case .looked(let result): return words(for: result)
        case .blind: return say("blind")
        case .wait(let time, .person): return say("wait-person", ["length": length(time)])
        case .wait(let time, .place), .wait(let time, .everybody): return say("wait-others", ["length": length(time)])
        // Which of a name's addresses is none of the asker's business: it would tell how networks look inside.
        case .refused(let refusal): return say(refusal.isAboutPlace ? "elsewhere" : "unreadable")
        }
    }

    private func words(for result: ProbeResult) -> String? {
        var values: [String: String] = [:]
        values["status"] = result.status.map(String.init)
        values["time"] = Int(exactly: result.total.milliseconds.rounded()).flatMap { voice.took(milliseconds: $0) }
        switch result.outcome {
        case .ok: return say("up", values)
        case .slow: return say("slow", values)
        case .blocked: return say("blocked", values)
        case .failed where result.status != nil: return say("error", values)
        case .failed:
            let values = values.merging(["host": host]) { $1 }
            return voice.say("site.md", firstOf: ["failed \(result.phase?.rawValue ?? "")", "failed"], values)
        }
    }

    private func length(_ time: Duration) -> String {
        voice.length(milliseconds: Int64(time.milliseconds)) ?? ""
    }

    private func say(_ section: String, _ values: [String: String] = [:]) -> String? {
        voice.say("site.md", section, values.merging(["host": host]) { $1 })
    }
}
