import Clocks
import Discord
import Timing

/// The interactions' connection.
extension REST {
    /// Opens a connection for interactions before the first one comes, and keeps it open until `close`. Returns when the first attempt
    /// to open it is over.
    public func warm() async {
        guard warmth == nil, !isClosed else { return }
        warmth = WarmConnection(at: clock.now, jitter: jitter)
        warmthAlarm = Alarm { [weak self] in await self?.keepWarm() }
        await keepWarm()
    }

    private func keepWarm() async {
        guard warmth != nil, !isClosed else { return }
        let asked = clock.now
        warmth?.used(at: asked)
        let ending = await ending(of: .gateway, priority: .interaction, until: asked.advanced(by: .seconds(10)))
        switch ending.result {
        // Any answer of Discord's will do.
        case .success, .failure(.refused): break
        case .failure: warmth?.failed(at: clock.now)
        }
        warmthAlarm?.set(warmth?.deadline)
    }

    /// The interactions' connection was used.
    func warmedUp() {
        warmth?.used(at: clock.now)
        warmthAlarm?.set(warmth?.deadline)
    }
}
