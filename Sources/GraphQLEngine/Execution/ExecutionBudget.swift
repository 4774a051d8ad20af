import Synchronization

/// Nothing more is to be done for this request; why is the budget's to tell.
struct ExecutionStop: Error {}

/// The remaining allowance of one request: values of its answer, time, and tasks at once.
///
/// A small document can ask for a number of objects that grows with every level of lists; only execution sees it.
final class ExecutionBudget: Sendable {
  /// The most tasks of one request at a time, besides the one that asks.
  static let maxTasks = 64

  private let limits: DocumentLimits
  private let values = Atomic(0)
  private let tasks = Atomic(0)
  private let isLate = Atomic(false)
  /// Ends when the budget is exceeded.
  private let alarm = AsyncStream.makeStream(of: Never.self)

  init(_ limits: DocumentLimits) { self.limits = limits }

  private var isTooLarge: Bool { values.load(ordering: .relaxed) > limits.maxValues }

  var isExceeded: Bool { isTooLarge || isLate.load(ordering: .relaxed) }

  /// Counts values before they are completed: the fields of objects, the elements of lists.
  ///
  /// Throws when they are too many, together with all before them, or it is too late for any.
  func take(_ count: Int) throws(ExecutionStop) {
    if values.add(count, ordering: .relaxed).newValue > limits.maxValues { alarm.continuation.finish() }
    if isExceeded { throw ExecutionStop() }
  }

  /// Waits until the time is over, or the task is cancelled.
  func expire(after clock: any Clock<Duration>) async {
    do { try await clock.sleep(for: limits.maxDuration) } catch { return }
    isLate.store(true, ordering: .relaxed)
    alarm.continuation.finish()
  }

  /// Returns when the budget is exceeded or the task is cancelled.
  func exceeded() async {
    for await _ in alarm.stream {}
  }

  /// Does work for all items in tasks of their own, and where there is none free, here; results in the items' order.
  ///
  /// A caller that finds no free task does the work itself, because waiting could mean waiting for its own parent.
  func together<Items: Collection & Sendable, Output: Sendable>(
    _ items: Items,
    inPlace: @escaping @Sendable (Items.Element) -> Bool = { _ in false },
    work: @escaping @Sendable (Items.Element) async throws -> Output
  ) async throws -> [Output] where Items.Element: Sendable {
    if items.count == 1, let only = items.first { return [try await work(only)] }
    return try await withThrowingTaskGroup(of: (Int, Output).self) { group in
      var outputs = [Output?](repeating: nil, count: items.count)
      for (index, item) in items.enumerated() where !inPlace(item) {
        if isExceeded { throw ExecutionStop() }
        guard startTask() else {
          outputs[index] = try await work(item)
          continue
        }
        group.addTask {
          defer { self.endTask() }
          return (index, try await work(item))
        }
      }
      for (index, item) in items.enumerated() where inPlace(item) { outputs[index] = try await work(item) }
      for try await (index, output) in group { outputs[index] = output }
      return outputs.compactMap(\.self)
    }
  }

  private func startTask() -> Bool {
    if tasks.add(1, ordering: .relaxed).newValue <= Self.maxTasks { return true }
    endTask()
    return false
  }

  private func endTask() { tasks.subtract(1, ordering: .relaxed) }

  var error: GraphQLError {
    isTooLarge
      ? .limit("The answer would have more than \(limits.maxValues) values. Ask for fewer at once.")
      : GraphQLError(
        "The answer took longer than \(limits.maxDuration.components.seconds) seconds. Ask for less at once.",
        code: GraphQLErrorCode.timeout
      )
  }
}
