import CalendarCore
import CalendarService
import Foundation
import Testing

@Suite(.timeLimit(.minutes(5))) struct VisibilityTests {
  private func worldWithEvent(_ visibility: CalendarChannelVisibility) async throws -> (
    TestWorkspace, CalendarEvent
  ) {
    let fixture = try await TestWorkspace()
    let channel = try #require(
      try await fixture.useCases.accounts.queries.accounts(caller: fixture.ada).first?.channels.first
    )
    var changes = UpdateChannel.Changes()
    changes.visibility = visibility
    _ = try await fixture.useCases.accounts.updateChannel(channel.id, changes, caller: fixture.ada)
    let event = try await fixture.useCases.events.create(
      fixture.input { input in
        input.details = "secret plan"
        input.location = "secret place"
        input.conferenceProviderID = FakeLink.id
        input.customConferenceLink = "https://meet.example/secret"
      },
      caller: fixture.ada
    ).event
    return (fixture, event)
  }

  @Test func `METADATA hides title, description, location, link and where it opens from colleagues`()
    async throws
  {
    let (fixture, event) = try await worldWithEvent(.metadata)
    let seen = try #require(
      try await fixture.useCases.events.queries.event(.init(event.id), caller: fixture.ben)?.visible
    )
    #expect(seen.isRedacted)
    let hidden = seen.event
    #expect(hidden.title.isEmpty)
    #expect(hidden.details == nil && hidden.location == nil && hidden.conference.link == nil)
    #expect(hidden.push.providerURL == nil)
    #expect(hidden.timing == event.timing)
    #expect(!String(reflecting: hidden).contains("secret"))
  }

  @Test func `the owner sees everything`() async throws {
    let (fixture, event) = try await worldWithEvent(.metadata)
    let seen = try #require(
      try await fixture.useCases.events.queries.event(.init(event.id), caller: fixture.ada)?.visible
    )
    #expect(!seen.isRedacted)
    #expect(seen.event == event)
  }

  @Test func `SHARE_EVERYTHING shows colleagues everything`() async throws {
    let (fixture, event) = try await worldWithEvent(.shareEverything)
    let seen = try #require(
      try await fixture.useCases.events.queries.event(.init(event.id), caller: fixture.ben)?.visible
    )
    #expect(!seen.isRedacted)
    #expect(seen.event.details == "secret plan")
  }

  @Test func `lists are redacted too`() async throws {
    let (fixture, _) = try await worldWithEvent(.metadata)
    let (page, _) = try await fixture.useCases.events.queries.events(
      from: TestWorkspace.start,
      to: TestWorkspace.start + 7 * 86_400,
      in: .all,
      first: nil,
      after: nil,
      caller: fixture.ben
    )
    #expect(page.events.map(\.isRedacted) == [true])
  }

  @Test func `nobody changes a colleague's calendar settings`() async throws {
    let (fixture, _) = try await worldWithEvent(.metadata)
    let channel = try #require(
      try await fixture.useCases.accounts.queries.accounts(caller: fixture.ada).first?.channels.first
    )
    await #expect(throws: AccessError.self) {
      _ = try await fixture.useCases.accounts.updateChannel(channel.id, .init(), caller: fixture.ben)
    }
  }
}
