import CalendarCore

/// Stores a token for scripts; its text is returned once and kept nowhere.
package struct CreateAPIToken: Sendable {
  let database: any Database
  let ids: IdentifierSource
  let clock: WallClock

  package func callAsFunction(email: String, token: BearerToken = .make()) async throws -> BearerToken {
    guard let address = EmailAddress(email) else {
      throw InvalidInput("member", Messages.SignIn.invalidAddress)
    }
    let member = try await database.systemRead { try $0.member(email: address)?.member }
    guard let member else {
      throw AccessError.notFound(what: Messages.Things.memberWithAddress, field: "member")
    }
    let row = APIToken(
      id: ids.make(),
      tokenHash: token.hash,
      memberID: member.id,
      workspaceID: member.workspaceID,
      createdAt: clock.now
    )
    try await database.write(member.workspaceID) { try $0.members.insert(row) }
    return token
  }
}
