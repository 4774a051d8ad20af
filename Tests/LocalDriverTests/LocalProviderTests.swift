import CalendarCore
import DriverTestSupport
import ICalendar
import LocalDriver
import Testing

@Suite struct LocalProviderTests {
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

  @Test func `it needs no connecting`() {
    #expect(provider.connection == .builtIn)
  }
}
