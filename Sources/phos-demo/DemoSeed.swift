import CalendarCore
import CalendarService
import Foundation
import HTTPTypes
import ICalendar
import Logging
import PhosServer
import ProviderKit

/// Fills an empty demo with people, records and meetings.
///
/// Existing records stay unchanged, so that an interrupted start can be continued.
struct DemoSeed {
  /// The results that the description needs.
  struct Result: Sendable {
    var accounts: [DemoDescription.Account]
  }

  let useCases: UseCases
  let secrets: DemoSecrets
  let world: DemoWorld

  func plant() async throws -> Result {
    let workspace = try await useCases.access.createWorkspace.findOrCreate(displayName: "Phos Demo")
    var result = Result(accounts: [])
    var callers: [Caller] = []
    for member in secrets.members {
      guard let email = EmailAddress(member.email) else { continue }
      let id = try await memberID(member, email: email, in: workspace)
      let caller = Caller(workspaceID: workspace.id, memberID: id)
      // The first member has an account of every kind.
      for provider in callers.isEmpty ? connectable : Array(connectable.prefix(1)) {
        try await connect(provider, caller: caller)
      }
      if try await useCases.access.signIn.caller(apiToken: member.token) == nil {
        _ = try await useCases.access.createAPIToken(
          email: member.email,
          token: BearerToken(text: member.token)
        )
      }
      for view in try await useCases.accounts.queries.accounts(caller: caller) {
        let usesEmulator = connectable.contains { $0.accountProviderID == view.account.provider }
        result.accounts.append(
          .init(
            id: "\(view.account.id)",
            provider: view.account.provider.rawValue,
            handle: view.account.handle.rawValue,
            member: member.email,
            emulatorToken: usesEmulator ? member.emulatorToken : nil
          )
        )
      }
      callers.append(caller)
    }
    if let first = callers.first { try await DemoRecords(useCases: useCases).plant(caller: first) }
    return result
  }

  /// The providers that have emulators.
  private var connectable: [any ConnectsWithOAuth] {
    useCases.accounts.providers.providers.compactMap { $0 as? any ConnectsWithOAuth }
  }

  private func memberID(
    _ member: DemoSecrets.Member,
    email: EmailAddress,
    in workspace: Workspace
  ) async throws -> WorkspaceMember.ID {
    if let known = try await useCases.access.createWorkspace.member(email: email) { return known.id }
    return try await useCases.access.createWorkspace.addMember(
      email: email,
      displayName: member.displayName,
      password: member.password,
      timeZone: Zone(member.timeZone),
      to: workspace.id
    ).id
  }

  /// Follows a browser's path: to the provider's sign-in page, and back with a code.
  private func connect(_ provider: any ConnectsWithOAuth, caller: Caller) async throws {
    let accounts = try await useCases.accounts.queries.accounts(caller: caller)
    guard !accounts.contains(where: { $0.account.provider == provider.accountProviderID }) else { return }
    let redirect = "http://127.0.0.1/callback"
    let address = try await useCases.accounts.connectWithOAuth.start(
      provider.accountProviderID,
      redirectURL: redirect,
      caller: caller
    )
    let transport = LiveTransport()
    let http = ProviderHTTP(transport: transport)
    let answer: ProviderResponse
    do {
      answer = try await http.send(ProviderRequest("GET", address))
      await transport.shutdown()
    } catch {
      await transport.shutdown()
      throw error
    }
    guard let location = answer.headers[values: .location].first,
      let items = URLComponents(string: location)?.queryItems,
      let code = items.first(where: { $0.name == "code" })?.value,
      let state = items.first(where: { $0.name == "state" })?.value
    else { throw ProviderError.malformedReply(reason: "The emulator's sign-in page gave no code") }
    _ = try await useCases.accounts.connectWithOAuth.complete(
      providerName: provider.accountProviderID.rawValue,
      state: state,
      code: code,
      redirectURL: redirect,
      caller: caller
    )
  }
}
