import CalendarCore
import DriverTestSupport
import Foundation
import ICalendar
import LocalDriver
import Testing

@Suite(.timeLimit(.minutes(5))) struct LocalProviderTests {
  private let provider = LocalProvider()

  private func session() throws -> AccountSession {
    try CredentialVault(Credentials()).session(Samples.account(.local, sendsInvitations: false))
  }

  @Test func `an event is there at once, and the same again when asked again`() async throws {
    let draft = try Samples.draft(calendar: "local")
    let first = try await provider.createEvent(draft, session: session())
    let second = try await provider.createEvent(draft, session: session())
    #expect(first.externalID == draft.eventID.description)
    #expect(first.iCalUID == draft.iCalUID)
    #expect(first.etag != nil)
    #expect(first == second)
  }

  @Test func `a later version has another etag`() async throws {
    var draft = try Samples.draft(calendar: "local")
    let first = try await provider.createEvent(draft, session: session())
    draft.sequence = 1
    #expect(try await provider.createEvent(draft, session: session()).etag != first.etag)
  }

  @Test func `a conference that a calendar would have to make is refused`() async throws {
    let request = EventConferenceRequest(solution: "anything", requestID: "1")
    let draft = try Samples.draft(calendar: "local", conference: .withEvent(request))
    await #expect(throws: ProviderError.self) { try await provider.createEvent(draft, session: session()) }
  }

  @Test func `what is agreed last is changed in the named fields only`() async throws {
    let conference = Conference(link: "https://video.example.com/room", conferenceID: "7")
    let draft = try Samples.draft(calendar: "local", conference: .ready(conference))
    let made = try await provider.createEvent(draft, session: session())
    #expect(made.content == draft.content && made.conference == .success(conference))
    #expect(made.isOrganizer && !provider.storesEvents)
    let reference = ProviderEventReference(
      calendarExternalID: "local",
      eventID: draft.eventID,
      externalID: nil
    )
    let renamed = try await provider.updateEvent(
      reference,
      current: made,
      change: Samples.change(of: made, [.title]) { ($0.title, $0.location) = ("New", "Not named") },
      session: session()
    )
    #expect(renamed.content.title == "New" && renamed.content.location == nil)
    #expect(renamed.sequence == 0 && renamed.conference == made.conference && renamed.etag != made.etag)
    let moved = try await provider.updateEvent(
      reference,
      current: renamed,
      change: Samples.change(of: renamed, [.location], conference: .remove) { $0.location = "Room 1" },
      session: session()
    )
    #expect(moved.content.location == "Room 1" && moved.sequence == 1 && moved.conference == nil)
    try await provider.deleteEvent(reference, notifyAttendees: true, session: session())
    try await provider.deleteEvent(reference, notifyAttendees: true, session: session())
  }

  @Test func `it needs no connecting`() {
    #expect(provider.connection == .builtIn)
  }
}
