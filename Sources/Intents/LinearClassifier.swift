import Glibc

/// Multinomial logistic regression over hashed features: one row of weights for each bucket, one column for each class.
struct LinearClassifier: Hashable, Sendable {
    let classes: Int
    /// Row by row.
    private(set) var weights: [Float]

    /// Zero weights: every class is equally likely.
    init(classes: Int) {
        self.classes = classes
        weights = [Float](repeating: 0, count: FeatureExtractor.buckets * classes)
    }

    /// Learns from samples, each of the class that its label numbers. The same input gives the same weights.
    init(classes: Int, samples: [(features: [FeatureExtractor.Feature], label: Int)], training: LinearTraining = LinearTraining())
    {
        var learner = LinearLearner(classifier: LinearClassifier(classes: classes), training: training)
        learner.learn(samples)
        self = learner.classifier
    }

    /// The evidence for each class, in logits.
    func scores(_ features: [FeatureExtractor.Feature]) -> [Float] {
        var scores = [Float](repeating: 0, count: classes)
        score(features, &scores)
        return scores
    }

    // This loop and the learner's are the hot code of the target. They count by hand over buffers because debug builds learn too.
    func score(_ features: [FeatureExtractor.Feature], _ scores: inout [Float]) {
        let classes = classes
        scores.withUnsafeMutableBufferPointer { scores in
            weights.withUnsafeBufferPointer { weights in
                scores.update(repeating: 0)
                for feature in features {
                    let row = Int(feature.bucket) * classes
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

    /// Logits to probabilities.
    static func softmax(_ scores: inout [Float]) {
        let highest = scores.max() ?? 0
        var sum: Float = 0
        for index in scores.indices {
            scores[index] = expf(scores[index] - highest)
            sum += scores[index]
        }
        for index in scores.indices { scores[index] /= sum }
    }
}
