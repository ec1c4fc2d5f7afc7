public import Replies
public import Status

extension Responder {
    /// What will be answered.
    public struct Answer: Hashable, Sendable {
        /// What the answer is about.
        public var wanted: ReplyRequest
        /// The services it is about, the first the most; none for answers about none in particular.
        public var services: [ServiceID]
        /// The language to answer in, as a BCP 47 tag; texts fall back to English.
        public var language: String
        /// What of it is a guess.
        public var doubt: Doubt?
        /// What is wanted of the service that is yet to be chosen.
        public var wish = ReplyRequest.status
        /// A page that is asked about, and who asks; the other members then say what would be answered without it.
        public var page: PageQuestion?
        /// What its asker has said of the services by asking; nil where that says nothing of their state.
        public var voice: PersonalVoice?
        /// Where it is given.
        public var place = ""
        /// Whether it is given although the same was said there a moment ago.
        public var isOwed = true

        public init(
            wanted: ReplyRequest, services: [ServiceID] = [], language: String, doubt: Doubt? = nil, voice: PersonalVoice? = nil
        ) {
            self.wanted = wanted
            self.services = services
            self.language = language
            self.doubt = doubt
            self.voice = voice
        }

        /// The service that it is about, or about most.
        public var service: ServiceID? { services.first }
    }

    /// What was not clear about a question.
    public enum Doubt: Hashable, Sendable {
        /// The name is none that we know, and near one that we do.
        case service
        /// What is wanted of the service.
        case wish
    }

    /// A question about a page that is in no catalogue.
    public struct PageQuestion: Hashable, Sendable {
        /// The page, or why it is none that we look at.
        public var page: Result<AdHocTarget, AdHocRefusal>
        public var person: String
        public var place: String
    }
}

extension Responder.Answer {
    /// Whether it says no more than that we do not know what is meant: then an address in the message is what is meant.
    var mayBeAboutPage: Bool {
        service == nil && (wanted == .notWatched || wanted == .help || wanted == .whichService) || doubt == .service
            || wanted == .didYouMean
    }
}
