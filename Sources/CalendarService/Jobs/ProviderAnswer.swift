import CalendarCore

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
