import CalendarCore

/// The operation's result, or nil once `limit` has passed; the operation then goes on by itself.
func firstResult<Result: Sendable>(
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

/// What a provider answered, or `unavailable` once `limit` has passed; the call is then cancelled.
func providerAnswer<Answer: Sendable>(
  within limit: Duration,
  _ call: @escaping @Sendable () async throws(ProviderError) -> Answer
) async -> Result<Answer, ProviderError> {
  await withTaskGroup(of: Result<Answer, ProviderError>?.self) { group in
    group.addTask {
      do throws(ProviderError) { return .success(try await call()) } catch { return .failure(error) }
    }
    group.addTask {
      try? await Task.sleep(for: limit)
      return nil
    }
    let first = await group.next() ?? nil
    group.cancelAll()
    return first ?? .failure(.unavailable(reason: "No answer within \(limit)"))
  }
}
