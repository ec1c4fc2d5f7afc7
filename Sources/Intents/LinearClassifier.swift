import Glibc

/// Multinomial logistic regression over hashed features: one row of weights for each bucket, one column for each class.
struct LinearClassifier: Hashable, Sendable {
    let classes: Int
    /// How many rows there are, a power of two; features of the same row cannot be told apart.
    let rows: Int
    /// Row by row.
    private(set) var weights: [Float]

    /// Zero weights: every class is equally likely.
    init(classes: Int, rows: Int = FeatureExtractor.buckets) {
        precondition(rows > 0 && rows & (rows - 1) == 0)
        self.classes = classes
        self.rows = rows
        weights = [Float](repeating: 0, count: rows * classes)
    }

    /// Learns from samples, each of the class that its label numbers. The same input gives the same weights.
    init(
        classes: Int,
        rows: Int = FeatureExtractor.buckets,
        samples: [(features: [Feature], label: Int)],
        training: LinearTraining = LinearTraining()
    ) {
        var learner = LinearLearner(classifier: LinearClassifier(classes: classes, rows: rows), training: training)
        learner.learn(samples)
        self = learner.classifier
    }

    /// The evidence for each class, in logits, from features that `extract` gives one by one; none is kept.
    func scores(_ extract: (inout LinearScores) -> Void) -> LinearScores.Values {
        weights.withUnsafeBufferPointer { weights in
            var scores = LinearScores(weights: weights, classes: classes)
            extract(&scores)
            return scores.values
        }
    }

    // This loop and the learner's count by hand over buffers because debug builds learn too.
    func score(_ features: [Feature], _ scores: inout [Float]) {
        let (classes, mask) = (classes, rows - 1)
        scores.withUnsafeMutableBufferPointer { scores in
            weights.withUnsafeBufferPointer { weights in
                scores.update(repeating: 0)
                for feature in features {
                    let row = (Int(feature.bucket) & mask) * classes
                    var column = 0
                    while column < classes {
                        scores[column] += weights[row + column] * feature.value
                        column += 1
                    }
                }
            }
        }
    }

    mutating func withWeights(_ body: (UnsafeMutableBufferPointer<Float>) -> Void) {
        weights.withUnsafeMutableBufferPointer { body($0) }
    }

    /// Logits to probabilities, in place.
    static func softmax(_ scores: inout [Float]) {
        scores.withUnsafeMutableBufferPointer { softmax($0) }
    }

    /// The same for the first `classes` scores.
    static func softmax(_ scores: inout LinearScores.Values, classes: Int) {
        var span = scores.mutableSpan
        span.withUnsafeMutableBufferPointer { softmax(UnsafeMutableBufferPointer(rebasing: $0[..<classes])) }
    }

    private static func softmax(_ scores: UnsafeMutableBufferPointer<Float>) {
        let highest = scores.max() ?? 0
        var sum: Float = 0
        for index in scores.indices {
            scores[index] = expf(scores[index] - highest)
            sum += scores[index]
        }
        for index in scores.indices { scores[index] /= sum }
    }
}
