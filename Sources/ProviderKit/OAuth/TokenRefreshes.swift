import CalendarCore

/// The refreshes under way in this process: at most one an account, which every caller shares.
///
/// A refresh token may work only once. Two refreshes at a time would burn it, and so would giving one up half-way:
/// the work is a task of its own, which ends even if everybody who waits for it has gone.
actor TokenRefreshes {
  private var underway: [ConnectedAccount.ID: Task<Result<OAuthTokens, ProviderError>, Never>] = [:]

  /// Tokens that are newer than `stale`.
  func tokens(
    replacing stale: OAuthTokens,
    session: AccountSession,
    client: OAuthClient
  ) async throws(ProviderError) -> OAuthTokens {
    let id = session.account.id
    if let task = underway[id] { return try await task.value.get() }
    let task = Task<Result<OAuthTokens, ProviderError>, Never> {
      do throws(ProviderError) {
        return .success(try await Self.refresh(stale, session: session, client: client))
      } catch {
        return .failure(error)
      }
    }
    underway[id] = task
    let result = await task.value
    if underway[id] == task { underway[id] = nil }
    return try result.get()
  }

  private static func refresh(
    _ stale: OAuthTokens,
    session: AccountSession,
    client: OAuthClient
  ) async throws(ProviderError) -> OAuthTokens {
    // Another caller, or another process, may have been quicker.
    if let stored = try await newer(than: stale, in: session) { return stored }
    guard let refreshToken = stale.refreshToken else {
      throw .authExpired(reason: "There is no refresh token.")
    }
    do {
      let fresh = try await client.refresh(refreshToken)
      try await session.replaceCredentials(fresh.credentials)
      return fresh
    } catch {
      guard case .authExpired = error, let stored = try await newer(than: stale, in: session) else {
        throw error
      }
      return stored
    }
  }

  private static func newer(
    than stale: OAuthTokens,
    in session: AccountSession
  ) async throws(ProviderError) -> OAuthTokens? {
    let stored = OAuthTokens(try await session.credentials())
    return stored?.accessToken == stale.accessToken ? nil : stored
  }
}
