import Clocks
import Discord
import Logging

/// What a connection brings.
extension Gateway {
    func receive(_ message: UnsafeRawBufferPointer, isBinary: Bool, on connection: Int) {
        guard connection == self.connection else { return }
        receivedAt = clock.now
        do throws(Inflater.Failure) {
            // A server that was asked to pack and does not sends text.
            try loop.reader.read(message, through: isBinary ? inflater : nil) { reading in
                guard connection == self.connection else { return }
                take(reading)
            }
        } catch {
            step(.streamCorrupted)
        }
    }

    /// Lets pass what nobody wants, reads the rest as a whole.
    private func take(_ reading: PayloadReader.Reading) {
        guard case .payload(let payload) = reading else { return step(.malformed(.noOperation)) }
        if let event = unwanted(payload) {
            if let sequence = payload.sequence, session.passes(sequence, at: receivedAt) { return }
            return step(.received(.dispatch(sequence: payload.sequence, event)))
        }
        if payload.isDispatch, let message = payload.wholeMessage() {
            return step(.received(.dispatch(sequence: payload.sequence, .messageCreated(message))))
        }
        do throws(GatewayPayload.Malformed) {
            let payload = try GatewayPayload(decoding: Array(payload.bytes))
            if case .unknown(let operation) = payload, isNew("operation \(operation)") {
                log.info("the gateway speaks of something unknown", metadata: ["operation": "\(operation)"])
            }
            step(.received(payload))
        } catch {
            step(.malformed(error))
        }
    }

    /// The event, as much of it as has to be known when nobody wants to read it; nil when somebody does.
    private func unwanted(_ payload: ScannedPayload) -> GatewayEvent? {
        guard let message = payload.message else { return payload.otherEvent }
        return payload.isDispatch && !surroundings.listener.wants(message) ? .other("MESSAGE_CREATE") : nil
    }
}
