import CalendarCore
import DriverTestSupport
import Foundation
import JSONModel
import MicrosoftDriver
import ProviderEmulators
import ProviderKit
import TestSupport
import Testing

/// Teams through the event, and what stands in its text.
@Suite(.timeLimit(.minutes(5))) struct MicrosoftTeamsTests {
  private static let teams = ConferenceCreation.withEvent(
    EventConferenceRequest(solution: "teamsForBusiness", requestID: "r")
  )

  /// A meeting whose link is there.
  private func meeting(_ world: MicrosoftWorld, details: String? = "Agenda") async throws -> ProviderEvent {
    var draft = try world.draft(conference: Self.teams)
    draft.details = details
    let event = try await world.create(draft)
    #expect(event.conference == .pending)
    world.clock.advance(by: 3)
    let read = try await world.read(event)
    guard case .success(let conference) = read.conference else { throw MicrosoftWorld.Refused(status: 0) }
    #expect(conference.link.hasPrefix("https://teams.microsoft.com/l/meetup-join/"))
    return read
  }

  @Test func `the link comes a while after the meeting, and is none of our words`() async throws {
    try await MicrosoftWorld.run { world in
      let event = try await meeting(world)
      #expect(event.content.details == "Agenda" && event.content.location == nil)
    }
  }

  @Test func `a new description leaves the meeting its block`() async throws {
    try await MicrosoftWorld.run { world in
      let event = try await meeting(world)
      for text in ["Another\nagenda & more", nil] {
        let changed = try await world.change(event, nil, [.details]) { $0.details = text }
        #expect(changed.content.details == text && changed.conference == event.conference)
        let stored = try await world.stored(event)
        #expect(stored["isOnlineMeeting"] == true)
        #expect(stored["body"]?["content"]?.string?.contains("Join the meeting now") == true)
      }
    }
  }

  @Test func `a title alone sends no text`() async throws {
    try await MicrosoftWorld.run { world in
      let event = try await meeting(world)
      try await world.change(event, nil, [.title]) { $0.title = "Renamed" }
      let request = try #require(world.requests("events.update").last)
      #expect(request.body == ["subject": "Renamed"])
    }
  }

  @Test func `Teams is taken off, and gives way to another link`() async throws {
    try await MicrosoftWorld.run { world in
      let event = try await meeting(world)
      let bare = try await world.change(event, conference: .remove)
      #expect(bare.conference == nil && bare.content.details == "Agenda")
      #expect(try await world.stored(event)["isOnlineMeeting"] == false)
      let other = try await meeting(world)
      let link = "https://video.example.com/room?a=1&b=2"
      let changed = try await world.change(other, conference: .set(.ready(Conference(link: link))))
      #expect(changed.conference == .success(Conference(link: link)))
      #expect(try await world.read(other).conference == .success(Conference(link: link)))
      #expect(try await world.read(other).content.details == "Agenda")
    }
  }

  @Test func `as long as the link is not there, Teams cannot be taken off, and that passes`() async throws {
    try await MicrosoftWorld.run { world in
      let event = try await world.create(world.draft(conference: Self.teams))
      let error = await #expect(throws: ProviderError.self) {
        try await world.change(event, conference: .remove)
      }
      #expect(error?.isRetryable == true)
    }
  }

  @Test func `a wish that is dropped has failed`() async throws {
    try await MicrosoftWorld.run(allowsTeams: false) { world in
      let event = try await world.create(world.draft(conference: Self.teams))
      #expect(event.conference == .failure)
    }
  }

  @Test func `what people write around the block in Outlook is read without mark-up`() async throws {
    try await MicrosoftWorld.run { world in
      let event = try await meeting(world)
      let content = try #require(try await world.stored(event)["body"]?["content"]?.string)
      let changed = content.replacing(
        "Agenda",
        with: "<p>Dear <b>all</b>,</p><ul><li>one</li><li>two &amp; three</li></ul><style>p{}</style>"
      )
      try await world.asOwner(
        "PATCH",
        "/v1.0/me/events/\(FormEncoding.encode(event.externalID))",
        ["body": ["contentType": "html", "content": .string(changed)]]
      )
      let read = try await world.read(event)
      #expect(read.content.details == "Dear all,\n- one\n- two & three")
      #expect(read.conference == event.conference)
    }
  }

  @Test func `a title that Graph refuses is refused before it is asked`() async throws {
    try await MicrosoftWorld.run { world in
      for length in [255, 256] {
        var draft = try world.draft()
        draft.title = String(repeating: "x", count: length)
        let problem = world.provider.textProblem(draft.content, conference: EventConference())
        #expect(problem?.field == (length == 256 ? .title : nil))
      }
    }
  }

  @Test func `Teams is offered where Microsoft offers it`() throws {
    let provider = MicrosoftTeamsProvider()
    let account = try Samples.account(.microsoft, scopes: MicrosoftWorld.scopes)
    let channel = Samples.channel(solutions: ["teamsForBusiness"])
    #expect(provider.availability(for: account, channel: channel) == .available)
    for availability in [
      provider.availability(
        for: try Samples.account(AccountProviderID(rawValue: "OTHER")),
        channel: channel
      ),
      provider.availability(for: account, channel: Samples.channel(solutions: [])),
      provider.availability(for: try Samples.account(.microsoft, scopes: ["User.Read"]), channel: channel),
    ] {
      guard case .unavailable(let reason) = availability else {
        Issue.record("it is offered")
        continue
      }
      #expect(reason.hasSuffix("."))
    }
  }
}
