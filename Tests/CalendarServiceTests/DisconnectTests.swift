import CalendarCore
import Crypto
import Foundation
import TestSupport
import Testing

@testable import CalendarService

/// Taking an account off, and connecting it again.
@Suite(.timeLimit(.minutes(5))) struct DisconnectTests {
  private func disconnect(_ world: World, as caller: Caller? = nil) async throws {
    try await world.useCases.accounts.disconnect(world.account, caller: caller ?? world.ada)
  }

  @Test func `it is off the list, its secrets are gone, and its events can be seen and not changed`()
    async throws
  {
    let world = try await World()
    let event = try await world.made()
    try await disconnect(world)
    #expect(try await world.useCases.accounts.queries.accounts(caller: world.ada).isEmpty)
    let sealed = try await world.database.read(world.workspace.id) { [id = world.account] in
      try $0.accounts.sealedCredentials(id)
    }
    #expect(sealed == nil)
    #expect(try await world.listed().map(\.id) == [event.id])
    await #expect(throws: PermissionDenial.noCalendar) { try await world.update(event) { $0.title = "More" } }
    await #expect(throws: AccessError.self) { try await world.made() }
    #expect(world.calendar.event(event.id) != nil)
  }

  @Test func `what was on its way is said not to arrive`() async throws {
    let world = try await World()
    let changed = try await world.made()
    let deleted = try await world.made { $0.title = "Deleted" }
    world.calendar.whenCreating { _, _ throws(ProviderError) in throw .unavailable(reason: "down") }
    let made = try await world.made { $0.title = "New" }
    world.calendar.beforeDeleting { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    try await world.delete(deleted.reference)
    try await world.delete(changed.reference, undoWindow: 20)
    try await disconnect(world)
    #expect(try await world.nextJob() == nil)
    let events = try await world.listed()
    #expect(Set(events.map(\.id)) == [changed.id, deleted.id, made.id])
    for id in [made.id, deleted.id] {
      let event = try #require(events.first { $0.id == id })
      #expect(event.push.status == .failed && event.push.error == DisconnectAccount.reason)
    }
  }

  @Test func `connected again it is the same account, with its events`() async throws {
    let world = try await World()
    let event = try await world.made()
    try await disconnect(world)
    try await world.connectAgain()
    let views = try await world.useCases.accounts.queries.accounts(caller: world.ada)
    #expect(views.map(\.account.id) == [world.account])
    try await world.update(event) { $0.title = "Again" }
    #expect(world.calendar.event(event.id)?.content.title == "Again")
  }

  @Test func `nobody takes off another's, and nobody twice`() async throws {
    let world = try await World()
    await #expect(throws: AccessError.self) { try await disconnect(world, as: world.ben) }
    try await disconnect(world)
    await #expect(throws: AccessError.self) { try await disconnect(world) }
  }
}

@Suite(.timeLimit(.minutes(5))) struct RotateKeysTests {
  @Test func `every secret gets the new key, and what has another is told`() async throws {
    let world = try await World()
    let (old, new) = (SymmetricKey(size: .bits256), SymmetricKey(size: .bits256))
    let before = CredentialSealer(EncryptionKeys(old))
    let after = CredentialSealer(EncryptionKeys(new, previous: [old]))
    let lost = CredentialSealer(EncryptionKeys(SymmetricKey(size: .bits256)))
    let (ada, ben) = (world.account, world.bensAccount)
    let secrets = Credentials(["refreshToken": "r"])
    let sealed = (try before.seal(secrets, for: ada), try lost.seal(secrets, for: ben))
    try await world.database.write(world.workspace.id) { transaction in
      try transaction.accounts.setSealedCredentials(ada, sealed.0)
      try transaction.accounts.setSealedCredentials(ben, sealed.1)
    }
    let rotate = RotateKeys(database: world.database, sealer: after)
    #expect(try await rotate(onlyCounting: true) == .init(resealed: 1, current: 0, unreadable: [ben]))
    #expect(try await rotate() == .init(resealed: 1, current: 0, unreadable: [ben]))
    #expect(try await rotate() == .init(resealed: 0, current: 1, unreadable: [ben]))
    let alone = CredentialSealer(EncryptionKeys(new))
    let stored = try await world.database.read(world.workspace.id) { try $0.accounts.sealedCredentials(ada) }
    #expect(try alone.open(try #require(stored), for: ada) == secrets)
  }

  @Test func `a link that was signed with the key before is good for its time`() throws {
    let (old, new) = (SymmetricKey(size: .bits256), SymmetricKey(size: .bits256))
    let (workspace, event) = (Workspace.ID(UUID()), CalendarEvent.ID(UUID()))
    let path = InvitationLink(EncryptionKeys(old)).path(workspace: workspace, event: event, now: World.start)
    let keys = EncryptionKeys(new, previous: [old])
    #expect(InvitationLink(keys).open(path, now: World.start)?.event == event)
    #expect(InvitationLink(EncryptionKeys(new)).open(path, now: World.start) == nil)
  }
}

/// Of several processes one renews an account's secrets.
@Suite(.timeLimit(.minutes(5))) struct RenewalTests {
  @Test func `one has it until it stores them, gives up, or is away for too long`() async throws {
    let world = try await World()
    let sealer = CredentialSealer(EncryptionKeys(SymmetricKey(size: .bits256)))
    let sessions = AccountSessions(database: world.database, sealer: sealer, clock: world.clock.wallClock)
    let stored = try await world.database.read(world.workspace.id) { [id = world.account] in
      try $0.accounts.find(id)
    }
    let account = try #require(stored)
    let (one, other) = (
      sessions.session(for: account, in: world.workspace.id),
      sessions.session(for: account, in: world.workspace.id)
    )
    try await one.replaceCredentials(Credentials(["a": "1"]))
    #expect(try await one.claimRenewal())
    #expect(try await !other.claimRenewal())
    try await one.replaceCredentials(Credentials(["a": "2"]))
    #expect(try await other.claimRenewal())
    await other.giveUpRenewal()
    #expect(try await one.claimRenewal())
    #expect(try await !other.claimRenewal())
    world.clock.advance(by: 31)
    #expect(try await other.claimRenewal())
  }
}
