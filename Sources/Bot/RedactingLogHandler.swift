public import Discord
public import Logging

/// Takes secrets out of everything that is logged, whoever logs it: message, metadata and error.
///
/// Those who log already leave secrets out. This is for the day on which one of them forgets, or a library quotes what it was sent.
/// `Logger` asks for the level first, so that a line which is not written costs nothing here.
public struct RedactingLogHandler: LogHandler {
    private var handler: any LogHandler
    private let redaction: Redaction

    /// Writes to `handler`, without what `redaction` takes out.
    public init(_ handler: any LogHandler, redaction: Redaction) {
        self.handler = handler
        self.redaction = redaction
    }

    public var logLevel: Logger.Level {
        get { handler.logLevel }
        set { handler.logLevel = newValue }
    }

    /// Redacted when it is set: once for a logger, not once a line.
    public var metadata: Logger.Metadata {
        get { handler.metadata }
        set { handler.metadata = redacted(newValue) }
    }

    public var metadataProvider: Logger.MetadataProvider? {
        get { handler.metadataProvider }
        set {
            handler.metadataProvider = newValue.map { [redaction] provider in
                Logger.MetadataProvider { RedactingLogHandler.redacted(provider.get(), redaction) }
            }
        }
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { handler[metadataKey: key] }
        set { handler[metadataKey: key] = newValue.map { Self.redacted($0, redaction) } }
    }

    public func log(event: LogEvent) {
        var event = event
        event.message = "\(redaction.redacted(event.message.description))"
        event.metadata = event.metadata.map { redacted($0) }
        // An error writes itself, so only the text that is left of it is handed on.
        if let error = event.error {
            event.error = nil
            event.metadata = (event.metadata ?? [:]).merging(["error": "\(redaction.redacted("\(error)"))"]) { $1 }
        }
        handler.log(event: event)
    }

    private func redacted(_ metadata: Logger.Metadata) -> Logger.Metadata {
        Self.redacted(metadata, redaction)
    }

    private static func redacted(_ metadata: Logger.Metadata, _ redaction: Redaction) -> Logger.Metadata {
        metadata.mapValues { redacted($0, redaction) }
    }

    private static func redacted(_ value: Logger.Metadata.Value, _ redaction: Redaction) -> Logger.Metadata.Value {
        switch value {
        case .string(let text): .string(redaction.redacted(text))
        case .stringConvertible(let value): .string(redaction.redacted(value.description))
        case .array(let values): .array(values.map { redacted($0, redaction) })
        case .dictionary(let values): .dictionary(redacted(values, redaction))
        }
    }
}
