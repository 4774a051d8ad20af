import Synchronization

/// What one request may still take: values of its answer, and tasks at a time.
///
/// A small document can ask for a number of objects that grows with every level of lists; only execution sees it.
final class ExecutionBudget: Sendable {
  /// The most tasks of one request at a time, besides the one that asks.
  static let maxTasks = 64

  private let maxValues: Int
  private let values = Atomic(0)
  private let tasks = Atomic(0)
  /// Ends when the budget is exceeded.
  private let alarm = AsyncStream.makeStream(of: Never.self)

  init(maxValues: Int) { self.maxValues = maxValues }

  var isExceeded: Bool { values.load(ordering: .relaxed) > maxValues }

  /// Counts values before they are completed: the fields of an object, the elements of a list.
  ///
  /// False when they are too many, together with all before them.
  func take(_ count: Int) -> Bool {
    guard values.add(count, ordering: .relaxed).newValue > maxValues else { return true }
    alarm.continuation.finish()
    return false
  }

  /// Returns when the budget is exceeded or the task is cancelled.
  func exceeded() async {
    for await _ in alarm.stream {}
  }

  /// False when as many tasks run as may.
  ///
  /// Whoever wanted one does the work itself: waiting for a task could wait for its own parent.
  func startTask() -> Bool {
    if tasks.add(1, ordering: .relaxed).newValue <= Self.maxTasks { return true }
    endTask()
    return false
  }

  func endTask() { tasks.subtract(1, ordering: .relaxed) }

  var error: GraphQLError {
    .limit("The answer would have more than \(maxValues) values. Ask for fewer at once.")
  }
}
