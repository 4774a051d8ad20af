package import CalendarCore
package import Foundation

/// Signs members in with address and password, and recognises them afterwards.
package struct SignIn: Sendable {
  package static let sessionLifetime: TimeInterval = 14 * 86_400
  /// An attempt with a wrong password counts against its address for this long.
  private static let window: TimeInterval = 900
  private static let maximumFailures = 10
  /// More, for a whole office may stand behind one network address.
  private static let maximumFailuresPerClient = 50

  let database: any Database
  let clock: WallClock
  /// Counts attempts by email address.
  let failures: FailureCounter
  /// By the network address that tries, so that nobody tries one password on everyone.
  let clientFailures = FailureCounter()
  /// Runs a slow, blocking computation off the cooperative pool.
  let offload: @Sendable (@escaping @Sendable () throws -> Bool) async throws -> Bool

  /// A member and the token that the browser keeps.
  package struct Result: Sendable {
    package let member: WorkspaceMember
    package let token: BearerToken
  }

  /// Signs a member in, or throws `SignInError`.
  ///
  /// An unknown address and a wrong password are answered alike. `client` is the network address that asks, nil
  /// when it is not known.
  package func callAsFunction(email: String, password: String, client: String? = nil) async throws -> Result {
    let now = clock.now
    guard let address = EmailAddress(email), (1...1024).contains(password.utf8.count) else {
      throw SignInError.wrongCredentials
    }
    // Counted before the slow check, so that guesses made at the same time cannot all pass.
    if let client {
      guard
        await clientFailures.begin(
          for: client,
          at: now,
          window: Self.window,
          most: Self.maximumFailuresPerClient
        )
      else { throw SignInError.tooManyAttempts }
    }
    guard
      await failures.begin(for: address.normalized, at: now, window: Self.window, most: Self.maximumFailures)
    else { throw SignInError.tooManyAttempts }
    func forgive() async {
      if let client { await clientFailures.forgive(client, at: now) }
      await failures.forgive(address.normalized, at: now)
    }
    let member: WorkspaceMember?
    do {
      member = try await self.member(address, password: password)
    } catch {
      // Nothing was checked, so nothing was guessed.
      await forgive()
      throw error
    }
    guard let member else { throw SignInError.wrongCredentials }
    await forgive()
    let token = BearerToken.make()
    let session = Session(
      tokenHash: token.hash,
      memberID: member.id,
      workspaceID: member.workspaceID,
      expiresAt: now.addingTimeInterval(Self.sessionLifetime)
    )
    try await database.system { transaction in
      try transaction.deleteSessions(expiredAt: now)
      try transaction.insert(session)
    }
    return Result(member: member, token: token)
  }

  /// The member whose address and password these are.
  private func member(_ address: EmailAddress, password: String) async throws -> WorkspaceMember? {
    let found = try await database.systemRead { transaction in
      try transaction.member(email: address).map { Found(member: $0.member, hash: $0.passwordHash) }
    }
    let hash = found?.hash
    return try await offload { try PasswordHash.verify(password, stored: hash) } ? found?.member : nil
  }

  private struct Found: Sendable {
    let member: WorkspaceMember
    let hash: String?
  }

  package func signOut(token: String) async throws {
    let hash = BearerToken.hash(of: token)
    try await database.system { try $0.deleteSession(tokenHash: hash) }
  }

  /// Returns the owner of a browser's session; nil when it is unknown or over.
  package func caller(sessionToken: String) async throws -> Caller? {
    let (hash, now) = (BearerToken.hash(of: sessionToken), clock.now)
    return try await database.systemRead { transaction in
      guard let session = try transaction.session(tokenHash: hash), session.expiresAt > now else {
        return nil
      }
      return Caller(workspaceID: session.workspaceID, memberID: session.memberID)
    }
  }

  /// Returns the owner of a script's token; nil when it is unknown.
  package func caller(apiToken: String) async throws -> Caller? {
    let hash = BearerToken.hash(of: apiToken)
    return try await database.systemRead { transaction in
      try transaction.apiToken(tokenHash: hash).map {
        Caller(workspaceID: $0.workspaceID, memberID: $0.memberID)
      }
    }
  }
}

/// Why nobody was signed in.
package enum SignInError: UseCaseError {
  case wrongCredentials, tooManyAttempts
  /// Too many sign-ins of anyone's at once.
  case busy

  package var code: ErrorCode {
    switch self {
    case .wrongCredentials: .unauthenticated
    case .tooManyAttempts, .busy: .rateLimited
    }
  }

  package var message: String {
    switch self {
    case .wrongCredentials: Messages.SignIn.wrongCredentials
    case .tooManyAttempts: Messages.SignIn.tooManyAttempts
    case .busy: Messages.SignIn.busy
    }
  }
}
