package import CalendarCore
package import Foundation

/// Signs members in with address and password, and recognises them afterwards.
package struct SignIn: Sendable {
  package static let sessionLifetime: TimeInterval = 14 * 86_400
  /// An attempt with a wrong password counts against its address for this long.
  private static let window: TimeInterval = 900
  private static let mostFailures = 10

  let database: any Database
  let clock: WallClock
  let failures: FailureCounter
  /// Runs a slow, blocking computation off the cooperative pool.
  let offload: @Sendable (@escaping @Sendable () throws -> Bool) async throws -> Bool

  /// A member and the token that the browser keeps.
  package struct Result: Sendable {
    package let member: WorkspaceMember
    package let token: BearerToken
  }

  /// Signs a member in, or throws `SignInError`.
  ///
  /// An unknown address and a wrong password are answered alike.
  package func callAsFunction(email: String, password: String) async throws -> Result {
    let now = clock.now
    guard let address = EmailAddress(email), (1...1024).contains(password.utf8.count) else {
      throw SignInError.wrongCredentials
    }
    // Counted before the slow check, so that guesses made at the same time cannot all pass.
    guard
      await failures.begin(
        for: address.normalized,
        at: now,
        window: Self.window,
        most: Self.mostFailures
      )
    else { throw SignInError.tooManyAttempts }
    let found = try await database.system { transaction in
      try transaction.member(email: address).map { Found(member: $0.member, hash: $0.passwordHash) }
    }
    let hash = found?.hash
    guard try await offload({ try PasswordHash.verify(password, stored: hash) }), let member = found?.member
    else { throw SignInError.wrongCredentials }
    await failures.forgive(address.normalized, at: now)
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

  private struct Found: Sendable {
    let member: WorkspaceMember
    let hash: String?
  }

  package func signOut(token: String) async throws {
    let hash = BearerToken.hash(of: token)
    try await database.system { try $0.deleteSession(tokenHash: hash) }
  }

  /// Who a browser's session belongs to; nil when it is unknown or over.
  package func caller(sessionToken: String) async throws -> Caller? {
    let (hash, now) = (BearerToken.hash(of: sessionToken), clock.now)
    return try await database.system { transaction in
      guard let session = try transaction.session(tokenHash: hash), session.expiresAt > now else {
        return nil
      }
      return Caller(workspaceID: session.workspaceID, memberID: session.memberID)
    }
  }

  /// Who a script's token belongs to; nil when it is unknown.
  package func caller(apiToken: String) async throws -> Caller? {
    let hash = BearerToken.hash(of: apiToken)
    return try await database.system { transaction in
      try transaction.apiToken(tokenHash: hash).map {
        Caller(workspaceID: $0.workspaceID, memberID: $0.memberID)
      }
    }
  }
}

/// Why nobody was signed in.
package enum SignInError: UseCaseError {
  case wrongCredentials, tooManyAttempts

  package var code: ErrorCode {
    switch self {
    case .wrongCredentials: .unauthenticated
    case .tooManyAttempts: .rateLimited
    }
  }

  package var message: String {
    switch self {
    case .wrongCredentials: "This mail address and password do not belong together."
    case .tooManyAttempts: "Too many attempts. Wait a quarter of an hour, then try again."
    }
  }
}

/// Counts failed attempts by address, in this process.
actor FailureCounter {
  private var failures: [String: [Date]] = [:]
  /// Bounds the memory that somebody who tries many addresses can take.
  private let mostAddresses = 10_000

  /// Counts an attempt as failed until it is forgiven; false when there were too many within the window.
  func begin(for address: String, at instant: Date, window: TimeInterval, most: Int) -> Bool {
    if failures.count >= mostAddresses { failures.removeAll() }
    var attempts = failures[address] ?? []
    attempts.removeAll { $0 <= instant - window }
    guard attempts.count < most else { return false }
    attempts.append(instant)
    failures[address] = attempts
    return true
  }

  /// Takes back one attempt that was counted at this instant: it succeeded.
  func forgive(_ address: String, at instant: Date) {
    guard var attempts = failures[address], let index = attempts.lastIndex(of: instant) else { return }
    attempts.remove(at: index)
    failures[address] = attempts.isEmpty ? nil : attempts
  }
}
