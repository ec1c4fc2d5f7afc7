/// How a classifier learns. The defaults were chosen by cross-validation over the examples of `Responses/`.
struct LinearTraining {
    /// How often it goes through the samples.
    var passes = 6
    var rate: Float = 0.7
    /// Pulls weights that are not needed towards zero.
    var decay: Float = 1e-4
    /// A sample that is right with at least this probability teaches nothing in this pass, and is left out of the next.
    var confident: Float = 0.97
    /// A class whose probability is off by less is left alone.
    var negligible: Float = 0.004
    /// Orders the samples.
    var seed: UInt64 = 0x6973_6974_646F_776E
}

/// Stochastic gradient descent with AdaGrad, in an order that depends on the seed alone.
struct LinearLearner {
    private(set) var classifier: LinearClassifier
    private let training: LinearTraining
    /// The sum of squared slopes of each weight.
    private var squares: [Float]
    private var gradient: [Float]
    /// The classes that a sample changes.
    private var active: [Int]
    private var random: UInt64

    init(classifier: LinearClassifier, training: LinearTraining) {
        self.classifier = classifier
        self.training = training
        squares = [Float](repeating: 1e-3, count: classifier.weights.count)
        gradient = [Float](repeating: 0, count: classifier.classes)
        active = []
        random = training.seed
    }

    mutating func learn(_ samples: [(features: [Feature], label: Int)]) {
        var order = Array(samples.indices)
        var isResting = [Bool](repeating: false, count: samples.count)
        for _ in 0..<training.passes {
            shuffle(&order)
            for index in order {
                isResting[index] = !isResting[index] && !learn(samples[index].features, label: samples[index].label)
            }
        }
    }

    private mutating func shuffle(_ order: inout [Int]) {
        var last = order.count - 1
        while last > 0 {
            random = random &+ 0x9E37_79B9_7F4A_7C15
            order.swapAt(last, Int(Hashing.mix(random) % UInt64(last + 1)))
            last -= 1
        }
    }

    /// False where there was nothing to learn.
    private mutating func learn(_ features: [Feature], label: Int) -> Bool {
        classifier.score(features, &gradient)
        LinearClassifier.softmax(&gradient)
        guard gradient[label] < training.confident else { return false }
        gradient[label] -= 1
        active.removeAll(keepingCapacity: true)
        for column in gradient.indices where abs(gradient[column]) >= training.negligible { active.append(column) }
        descend(features)
        return true
    }

    private mutating func descend(_ features: [Feature]) {
        let (classes, mask) = (classifier.classes, classifier.rows - 1)
        let (rate, decay) = (training.rate, training.decay)
        classifier.withWeights { [active, gradient] weights in
            squares.withUnsafeMutableBufferPointer { squares in
                for feature in features {
                    let row = (Int(feature.bucket) & mask) * classes
                    var index = 0
                    while index < active.count {
                        let column = active[index]
                        let place = row + column
                        let slope = gradient[column] * feature.value + decay * weights[place]
                        squares[place] += slope * slope
                        weights[place] -= rate * slope / squares[place].squareRoot()
                        index += 1
                    }
                }
            }
        }
    }
}
