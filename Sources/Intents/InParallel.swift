import Dispatch
import Synchronization

/// The results of independent pieces of work in their order, from as many processors as there are.
package func inParallel<Result: Sendable>(_ pieces: Int, _ work: @Sendable (Int) -> Result) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: pieces))
    DispatchQueue.concurrentPerform(iterations: pieces) { piece in
        let result = work(piece)
        results.withLock { $0[piece] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
}
