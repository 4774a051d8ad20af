package import Foundation
package import JSONModel
import Synchronization

/// An emulator of Zoom's meetings and sign-in.
///
/// It refuses what the real service refuses, with the same errors; it answers 501 to what it does not emulate
/// faithfully.
package final class ZoomEmulator: Sendable {
  package let faults: FaultBoard
  package let log: RequestLog
  let accounts: [EmulatorAccount]
  let clientID: String
  let clientSecret: String
  let clock: @Sendable () -> Date
  let identifiers: @Sendable () -> String
  let state: Mutex<ZoomState>
  private let journal: Journal<ZoomState.Record>

  /// An emulator with these people's accounts, restored from `storage` when that file exists.
  package init(
    accounts: [EmulatorAccount],
    clientID: String,
    clientSecret: String,
    clock: @escaping @Sendable () -> Date,
    storage: URL? = nil,
    identifiers: @escaping @Sendable () -> String = RandomIdentifier.make
  ) throws {
    self.accounts = accounts
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.clock = clock
    self.identifiers = identifiers
    faults = FaultBoard(answerDelay: .zero)
    log = RequestLog()
    var initial = ZoomState()
    if let storage {
      journal = try Journal(url: storage, restore: { initial.restore($0) }, snapshot: { initial.records })
    } else {
      journal = Journal()
    }
    for account in accounts where initial.grants["seeded:\(account.email)"] == nil {
      initial.grants["seeded:\(account.email)"] = ZoomGrant(
        id: "seeded:\(account.email)",
        account: account.email,
        scopes: account.grantedScopes,
        refreshToken: account.refreshToken
      )
    }
    state = Mutex(initial)
  }

  /// Listens on this machine; port 0 takes any free one.
  package func serve(host: String = "127.0.0.1", port: Int = 0) async throws -> EmulatorServer {
    try await EmulatorServer.start(
      EmulatorEndpoint(vendor: self, faults: faults, log: log),
      host: host,
      port: port
    )
  }

  /// The living meetings, oldest first, as their hosts see them.
  package var meetings: [JSON] {
    state.withLock { state in
      state.meetings.values.filter { !$0.isDeleted }.sorted { $0.created < $1.created }.map { $0.json() }
    }
  }

  /// Expires every access token, as an hour would.
  package func expireAccessTokens() { state.withLock { $0.accesses = [:] } }

  /// Revokes all of a person's consents.
  package func revokeConsents(of email: String) {
    state.withLock { state in
      for (id, grant) in state.grants where grant.account == email.lowercased() {
        state.grants[id]?.isRevoked = true
        remember(grant: state.grants[id] ?? grant)
      }
    }
  }

  func remember(_ meeting: StoredZoomMeeting) { journal.append(.meeting(meeting)) }
  func remember(grant: ZoomGrant) { journal.append(.grant(grant)) }
}

extension ZoomEmulator: EmulatedVendor {
  func operation(of request: EmulatorRequest) -> String {
    switch (request.method, request.path.joined(separator: "/")) {
    case (_, "oauth/authorize"): "authorize"
    case ("POST", "oauth/token"): "token"
    case ("POST", "oauth/revoke"): "revoke"
    case ("GET", "v2/users/me"): "users.me"
    case ("POST", "v2/users/me/meetings"): "meetings.create"
    case ("GET", "v2/users/me/meetings"): "meetings.list"
    case ("GET", let path) where path.hasPrefix("v2/meetings/") && request.path.count == 3: "meetings.get"
    case ("PATCH", let path) where path.hasPrefix("v2/meetings/") && request.path.count == 3:
      "meetings.update"
    case ("DELETE", let path) where path.hasPrefix("v2/meetings/") && request.path.count == 3:
      "meetings.delete"
    default: "unknown"
    }
  }

  func mayLog(_ operation: String) -> Bool { operation.hasPrefix("meetings.") }

  func answer(_ request: EmulatorRequest) -> EmulatorResponse {
    let operation = operation(of: request)
    switch operation {
    case "authorize": return authorize(request)
    case "token": return token(request)
    case "revoke": return revoke(request)
    case "unknown":
      return ZoomRefusal(status: 501, code: 0, message: "The emulator does not do this.").response
    default:
      do throws(ZoomRefusal) { return try api(operation, request) } catch { return error.response }
    }
  }

  func failure(status: Int, reason: String?, operation: String) -> EmulatorResponse {
    if ["authorize", "token", "revoke"].contains(operation) {
      return .json(
        ["reason": "Requested failure", "error": .string(reason ?? "server_error")],
        status: status
      )
    }
    return ZoomRefusal(
      status: status,
      code: reason.flatMap { Int($0) } ?? status,
      message: "Requested failure"
    ).response
  }

  func control(_ request: EmulatorRequest) -> EmulatorResponse? {
    switch (request.method, request.path.dropFirst().joined(separator: "/")) {
    case ("POST", "access-tokens/expire"): expireAccessTokens()
    case ("POST", "consents/revoke"):
      guard let email = (try? JSON.parse(request.body))?["email"]?.string else {
        return EmulatorEndpoint.refusal(400, "give email")
      }
      revokeConsents(of: email)
    default: return nil
    }
    return EmulatorResponse(status: 204)
  }
}
