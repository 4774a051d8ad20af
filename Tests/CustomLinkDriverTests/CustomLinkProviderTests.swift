import CalendarCore
import CustomLinkDriver
import DriverTestSupport
import Foundation
import Testing

@Suite(.timeLimit(.minutes(5))) struct CustomLinkProviderTests {
  private let provider = CustomLinkProvider()

  private func create(_ link: String?) async throws -> ConferenceCreation {
    try await provider.createConference(
      CreateConferenceOptions(
        requestID: "1",
        title: "",
        startsAt: .distantPast,
        endsAt: .distantPast,
        attendees: [],
        customLink: link
      ),
      session: nil
    )
  }

  @Test(arguments: ["https://meet.example.com/room?pwd=1#x", "https://[2001:db8::1]/room"])
  func `an https link is the conference`(link: String) async throws {
    #expect(try await create(link) == .ready(Conference(link: link)))
  }

  @Test(
    arguments: [
      nil, "", "http://meet.example.com/", "javascript:alert(1)", "https://", "https:///room",
      "meet.example.com",
      "https://user@meet.example.com/", "https://user:password@meet.example.com/",
      "https://meet.example.com/a b",
      "https://meet.example.com/\u{0}", "https://meet.example.com/\r\nX: 1",
      "https://meet.example.com\\@evil.example/",
      "https://meet.example.com/\u{202E}moc", "https://meet.example.com/\u{2028}x",
      "https://meet.example.com/\u{85}x",
      "https://meet.example.com/" + String(repeating: "a", count: 2048),
    ] as [String?]
  )
  func `anything else is refused with a sentence`(link: String?) async {
    let error = await #expect(throws: ProviderError.self) { try await create(link) }
    guard case .rejected(let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.hasSuffix("."))
    #expect(link.map { $0.isEmpty || !reason.contains($0) } ?? true)
  }

  @Test(arguments: [
    "https://meet.example.com\\@evil.example/", "https://meet.example.com/a\\b",
    "https://meet.example.com/\u{202E}moc", "https://meet.example.com/\u{200B}x",
    "https://meet.example.com/\u{E000}",
  ])
  func `a link that is not what it looks like is refused as soon as it is typed`(link: String) {
    #expect(throws: ConferenceLink.Problem.misleading) { try ConferenceLink(link) }
  }

  @Test func `it is available with every account`() throws {
    let account = try Samples.account(AccountProviderID(rawValue: "ANY"))
    #expect(provider.availability(for: account, channel: Samples.channel()) == .available)
    #expect(provider.requiresLink)
  }
}
