extension EventLoop {
    /// Whether the thread takes up a job within so long: false where it hangs in one, or has ended.
    public func answers(within patience: Duration) async -> Bool {
        let (answers, answer) = AsyncStream.makeStream(of: Bool.self, bufferingPolicy: .bufferingOldest(1))
        // Nobody waits for the visitor itself: on a thread that hangs it never returns.
        Task {
            await Visitor(loop: self).visit()
            answer.yield(true)
        }
        let timer = Task {
            try await Task.sleep(for: patience)
            answer.yield(false)
        }
        defer { timer.cancel() }
        for await first in answers { return first }
        return false
    }

    private actor Visitor {
        private let loop: EventLoop

        nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

        init(loop: EventLoop) {
            self.loop = loop
        }

        func visit() {}
    }
}
