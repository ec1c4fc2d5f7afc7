extension Duration {
    /// What is left until a deadline: never nothing, which would mean “no limit” to those who are given it.
    static func until(_ deadline: ContinuousClock.Instant) -> Duration {
        max(.milliseconds(1), ContinuousClock.now.duration(to: deadline))
    }
}
