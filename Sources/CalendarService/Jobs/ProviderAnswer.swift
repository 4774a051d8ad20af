import CalendarCore

/// Returns the provider's answer, or `unavailable` once `limit` has passed; the call is then canceled.
func providerAnswer<Answer: Sendable>(
  within limit: Duration,
  _ call: @escaping @Sendable () async throws(ProviderError) -> Answer
) async -> Result<Answer, ProviderError> {
  await withDeadline(limit, call) ?? .failure(.unavailable(reason: "No answer within \(limit)"))
}
