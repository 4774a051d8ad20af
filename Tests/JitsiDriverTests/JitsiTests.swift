import CalendarCore
import Foundation
import JitsiDriver
import ProviderConformance
import Testing

@Suite(.timeLimit(.minutes(5))) struct JitsiTests {
  private struct Room: ConferenceUnderTest {
    let provider = JitsiProvider()
    var conferenceCount: Int { 0 }
  }

  @Test(arguments: ConferenceConformance.checks)
  func `what every conference driver does`(check: ConferenceCheck) async throws {
    try await check.run(on: Room())
  }

  @Test func `a room's name says nothing of what it was made of`() async throws {
    let id = UUID().uuidString
    let options = CreateConferenceOptions(
      requestID: id,
      title: "Secret plan",
      startsAt: .distantPast,
      endsAt: .distantPast,
      attendees: []
    )
    let creation = try await JitsiProvider(serverURL: "https://meet.example.com")
      .createConference(options, session: nil)
    guard case .ready(let conference) = creation else {
      Issue.record("\(creation)")
      return
    }
    let link = conference.link
    let name = try #require(link.wholeMatch(of: /https:\/\/meet\.example\.com\/phos-([a-z2-7]{32})/))
    #expect(!link.contains(id) && !link.lowercased().contains("secret") && Set(name.1).count > 8)
  }
}
