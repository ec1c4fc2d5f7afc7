extension HTTPClient {
    private static let grace = Duration.milliseconds(50)

    /// Sees to it that a transfer ends a little after libcurl's own limit, which has the better message.
    ///
    /// One task serves all transfers: it sleeps until the first deadline it knows of, and most transfers are over by then. A task for
    /// each would wake another thread for every request.
    func watch(_ transfer: Transfer) {
        let deadline = transfer.deadline + Self.grace
        if let watched, watched.until <= deadline { return }
        watched?.task.cancel()
        let task = Task { [weak self] in
            do { try await ContinuousClock().sleep(until: deadline) } catch { return }
            await self?.endOverdue()
        }
        watched = (task, deadline)
    }

    private func endOverdue() {
        // Whoever was cancelled too late finds that another one watches.
        guard let until = watched?.until, until <= .now else { return }
        watched = nil
        let now = ContinuousClock.now
        for id in transfers.filter({ $0.deadline + Self.grace <= now }).map(\.id) {
            finish(id, .outOfTime)
        }
        if let next = transfers.min(by: { $0.deadline < $1.deadline }) { watch(next) }
    }
}
