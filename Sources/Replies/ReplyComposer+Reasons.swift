public import Status

extension ReplyComposer {
    /// Reasons of a verdict as sentences, one for each, in their order.
    public func sentences(
        for reasons: [Reason],
        about service: Service,
        language: String = ResponseCatalog.base
    ) -> [String] {
        let voice = Voice(catalog: catalog, language: language, service: service)
        return reasons.compactMap { voice.sentence(for: $0, about: service) }
    }
}
