import CalendarCore

/// The refreshes under way in this process: at most one an account, which every caller shares; other processes wait for
/// the one that has claimed it.
///
/// A refresh token may work only once. Two refreshes at a time would burn it, and so would giving one up half-way:
/// the work is a task of its own, which ends even if everyone who waits for it has gone.
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
    // Another caller, or another process, may have been quicker, or be about to.
    for _ in 0..<patience {
      if let stored = try await newer(than: stale, in: session) { return stored }
      if try await session.claimRenewal() { return try await renew(stale, session: session, client: client) }
      do { try await Task.sleep(for: pause) } catch { throw .unavailable(reason: "Canceled.") }
    }
    throw .unavailable(reason: Messages.renewalTakesTooLong)
  }

  private static let pause = Duration.milliseconds(100)
  /// The number of attempts, which together last longer than the claim of a process that died.
  private static let patience = 400

  /// Renews, having claimed it.
  private static func renew(
    _ stale: OAuthTokens,
    session: AccountSession,
    client: OAuthClient
  ) async throws(ProviderError) -> OAuthTokens {
    // The previous holder of the claim has stored newer tokens.
    if let stored = try await newer(than: stale, in: session) {
      await session.giveUpRenewal()
      return stored
    }
    guard let refreshToken = stale.refreshToken else {
      await session.giveUpRenewal()
      throw .authExpired(reason: Messages.noRefreshToken)
    }
    do {
      let fresh = try await client.refresh(refreshToken)
      try await session.replaceCredentials(fresh.credentials)
      return fresh
    } catch {
      await session.giveUpRenewal()
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
