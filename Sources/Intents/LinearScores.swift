/// The evidence for each class, added up while features come.
///
/// What reads every message of a chat stands here: rows of weights are added eight columns at a time, and nothing is allocated.
struct LinearScores: FeatureSink {
    /// A score for each class, with zeros behind the last.
    typealias Values = InlineArray<16, Float>

    private let weights: UnsafeBufferPointer<Float>
    private let classes: Int
    /// Folds the features' buckets onto the rows.
    private let mask: Int
    private var firstEight = SIMD8<Float>()
    private var others = Values(repeating: 0)
    /// The square of the length of the features so far.
    private var square: Float = 0

    /// - Parameters:
    ///   - weights: `classes` for each row, the rows a power of two; they outlive the scores.
    ///   - classes: at most 16.
    init(weights: UnsafeBufferPointer<Float>, classes: Int) {
        let rows = weights.count / max(classes, 1)
        precondition(classes <= 16 && weights.count == rows * classes && rows & (rows - 1) == 0)
        mask = rows - 1
        self.weights = weights
        self.classes = classes
    }

    @inline(__always)
    mutating func add(bucket: Int, value: Float) {
        square += value * value
        let row = (bucket & mask) &* classes
        var column = 0
        if classes >= 8 {
            // Within the row, as `init` has seen to.
            firstEight += UnsafeRawBufferPointer(weights).loadUnaligned(fromByteOffset: row &* 4, as: SIMD8<Float>.self) * value
            column = 8
        }
        while column < classes {
            others[column] += weights[row &+ column] * value
            column &+= 1
        }
    }

    /// The evidence, as that of features of length 1.
    var values: Values {
        var values = others
        if classes >= 8 { for column in 0..<8 { values[column] = firstEight[column] } }
        guard square > 0 else { return values }
        let scale = 1 / square.squareRoot()
        for column in 0..<classes { values[column] *= scale }
        return values
    }
}
