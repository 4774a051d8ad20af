/// The sentences about jobs that a person reads.
enum Messages {
  static func crashed(times: Int) -> String { "It was started \(times) times and never came to an end." }
}
