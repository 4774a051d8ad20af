import CalendarCore
import Crypto
import Foundation
import TestSupport
import Testing

@testable import CalendarService

/// Taking an account off, and connecting it again.
@Suite(.timeLimit(.minutes(5))) struct DisconnectTests {
  private func disconnect(_ fixture: TestWorkspace, as caller: Caller? = nil) async throws {
    try await fixture.useCases.accounts.disconnect(fixture.account, caller: caller ?? fixture.ada)
  }

  @Test func `it is off the list, its secrets are gone, and its events can be seen and not changed`()
    async throws
  {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    try await disconnect(fixture)
    #expect(try await fixture.useCases.accounts.queries.accounts(caller: fixture.ada).isEmpty)
    let sealed = try await fixture.database.read(fixture.workspace.id) { [id = fixture.account] in
      try $0.accounts.sealedCredentials(id)
    }
    #expect(sealed == nil)
    #expect(try await fixture.listed().map(\.id) == [event.id])
    await #expect(throws: PermissionDenial.noCalendar) {
      try await fixture.update(event) { $0.title = "More" }
    }
    await #expect(throws: AccessError.self) { try await fixture.made() }
    #expect(fixture.calendar.event(event.id) != nil)
  }

  @Test func `what was on its way is said not to arrive`() async throws {
    let fixture = try await TestWorkspace()
    let changed = try await fixture.made()
    let deleted = try await fixture.made { $0.title = "Deleted" }
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .unavailable(reason: "down") }
    let made = try await fixture.made { $0.title = "New" }
    fixture.calendar.beforeDeleting { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    try await fixture.delete(deleted.reference)
    try await fixture.delete(changed.reference, undoWindow: 20)
    try await disconnect(fixture)
    #expect(try await fixture.nextJob() == nil)
    let events = try await fixture.listed()
    #expect(Set(events.map(\.id)) == [changed.id, deleted.id, made.id])
    for id in [made.id, deleted.id] {
      let event = try #require(events.first { $0.id == id })
      #expect(event.push.status == .failed && event.push.error == DisconnectAccount.reason)
    }
  }

  @Test func `connected again it is the same account, with its events`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    try await disconnect(fixture)
    try await fixture.connectAgain()
    let views = try await fixture.useCases.accounts.queries.accounts(caller: fixture.ada)
    #expect(views.map(\.account.id) == [fixture.account])
    try await fixture.update(event) { $0.title = "Again" }
    #expect(fixture.calendar.event(event.id)?.content.title == "Again")
  }

  @Test func `nobody takes off another's, and nobody twice`() async throws {
    let fixture = try await TestWorkspace()
    await #expect(throws: AccessError.self) { try await disconnect(fixture, as: fixture.ben) }
    try await disconnect(fixture)
    await #expect(throws: AccessError.self) { try await disconnect(fixture) }
  }
}

@Suite(.timeLimit(.minutes(5))) struct RotateKeysTests {
  @Test func `every secret gets the new key, and what has another is told`() async throws {
    let fixture = try await TestWorkspace()
    let (old, new) = (SymmetricKey(size: .bits256), SymmetricKey(size: .bits256))
    let before = CredentialSealer(EncryptionKeys(old))
    let after = CredentialSealer(EncryptionKeys(new, previous: [old]))
    let lost = CredentialSealer(EncryptionKeys(SymmetricKey(size: .bits256)))
    let (ada, ben) = (fixture.account, fixture.bensAccount)
    let secrets = Credentials(["refreshToken": "r"])
    let sealed = (try before.seal(secrets, for: ada), try lost.seal(secrets, for: ben))
    try await fixture.database.write(fixture.workspace.id) { transaction in
      try transaction.accounts.setSealedCredentials(ada, sealed.0)
      try transaction.accounts.setSealedCredentials(ben, sealed.1)
    }
    let rotate = RotateKeys(database: fixture.database, sealer: after)
    #expect(try await rotate(onlyCounting: true) == .init(resealed: 1, current: 0, unreadable: [ben]))
    #expect(try await rotate() == .init(resealed: 1, current: 0, unreadable: [ben]))
    #expect(try await rotate() == .init(resealed: 0, current: 1, unreadable: [ben]))
    let alone = CredentialSealer(EncryptionKeys(new))
    let stored = try await fixture.database.read(fixture.workspace.id) {
      try $0.accounts.sealedCredentials(ada)
    }
    #expect(try alone.open(try #require(stored), for: ada) == secrets)
  }

  @Test func `a link that was signed with the key before is good for its time`() throws {
    let (old, new) = (SymmetricKey(size: .bits256), SymmetricKey(size: .bits256))
    let (workspace, event) = (Workspace.ID(UUID()), CalendarEvent.ID(UUID()))
    let path = InvitationLink(EncryptionKeys(old)).path(
      workspace: workspace,
      event: event,
      now: TestWorkspace.start
    )
    let keys = EncryptionKeys(new, previous: [old])
    #expect(InvitationLink(keys).open(path, now: TestWorkspace.start)?.event == event)
    #expect(InvitationLink(EncryptionKeys(new)).open(path, now: TestWorkspace.start) == nil)
  }
}

/// Of several processes one renews an account's secrets.
@Suite(.timeLimit(.minutes(5))) struct RenewalTests {
  @Test func `one has it until it stores them, gives up, or is away for too long`() async throws {
    let fixture = try await TestWorkspace()
    let sealer = CredentialSealer(EncryptionKeys(SymmetricKey(size: .bits256)))
    let sessions = AccountSessions(database: fixture.database, sealer: sealer, clock: fixture.clock.wallClock)
    let stored = try await fixture.database.read(fixture.workspace.id) { [id = fixture.account] in
      try $0.accounts.find(id)
    }
    let account = try #require(stored)
    let (one, other) = (
      sessions.session(for: account, in: fixture.workspace.id),
      sessions.session(for: account, in: fixture.workspace.id)
    )
    try await one.replaceCredentials(Credentials(["a": "1"]))
    #expect(try await one.claimRenewal())
    #expect(try await !other.claimRenewal())
    try await one.replaceCredentials(Credentials(["a": "2"]))
    #expect(try await other.claimRenewal())
    await other.giveUpRenewal()
    #expect(try await one.claimRenewal())
    #expect(try await !other.claimRenewal())
    fixture.clock.advance(by: 31)
    #expect(try await other.claimRenewal())
  }
}
