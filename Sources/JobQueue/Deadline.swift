/// The operation's result, or nil once `limit` has passed; the operation then continues by itself.
package func firstResult<Result: Sendable>(
  within limit: Duration,
  of operation: @escaping @Sendable () async -> Result
) async -> Result? {
  let (results, sink) = AsyncStream.makeStream(of: Result?.self, bufferingPolicy: .bufferingOldest(1))
  Task { sink.yield(await operation()) }
  let timer = Task {
    try await Task.sleep(for: limit)
    sink.yield(nil)
  }
  defer { timer.cancel() }
  return await results.first { _ in true } ?? nil
}
