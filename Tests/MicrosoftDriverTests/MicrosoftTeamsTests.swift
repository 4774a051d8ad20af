import CalendarCore
import DriverTestSupport
import Foundation
import JSONModel
import ProviderEmulators
import ProviderKit
import TestSupport
import Testing

@testable import MicrosoftDriver

/// Teams through the event, and what stands in its text.
@Suite(.timeLimit(.minutes(5))) struct MicrosoftTeamsTests {
  private static let teams = ConferenceCreation.withEvent(
    EventConferenceRequest(solution: "teamsForBusiness", requestID: "r")
  )

  /// A meeting whose link is there.
  private func meeting(_ fixture: MicrosoftFixture, details: String? = "Agenda") async throws -> ProviderEvent
  {
    var draft = try fixture.draft(conference: Self.teams)
    draft.details = details
    let event = try await fixture.create(draft)
    #expect(event.conference == .pending)
    fixture.clock.advance(by: 3)
    let read = try await fixture.read(event)
    guard case .success(let conference) = read.conference else { throw MicrosoftFixture.Refused(status: 0) }
    #expect(conference.link.hasPrefix("https://teams.microsoft.com/l/meetup-join/"))
    return read
  }

  @Test func `the link comes a while after the meeting, and is none of our words`() async throws {
    try await MicrosoftFixture.run { fixture in
      let event = try await meeting(fixture)
      #expect(event.content.details == "Agenda" && event.content.location == nil)
    }
  }

  @Test func `a new description leaves the meeting its block`() async throws {
    try await MicrosoftFixture.run { fixture in
      let event = try await meeting(fixture)
      for text in ["Another\nagenda & more", nil] {
        let changed = try await fixture.change(event, nil, [.details]) { $0.details = text }
        #expect(changed.content.details == text && changed.conference == event.conference)
        let stored = try await fixture.stored(event)
        #expect(stored["isOnlineMeeting"] == true)
        #expect(stored["body"]?["content"]?.string?.contains("Join the meeting now") == true)
      }
    }
  }

  @Test(arguments: TeamsBlockForm.allCases.filter { $0 != .unrecognizable })
  func `in whatever form the block is, a new description leaves it as it is`(form: TeamsBlockForm)
    async throws
  {
    try await MicrosoftFixture.run { fixture in
      fixture.emulator.setConference(delay: .seconds(2), block: form)
      let event = try await meeting(fixture)
      #expect(event.content.details == "Agenda")
      let before = try #require(try await fixture.stored(event)["body"]?["content"]?.string)
      let block = before[try #require(before.range(of: "Agenda")).upperBound...].drop { $0.isWhitespace }
      for text in ["Another\nagenda & more", nil, "____________________ not yet", "Agenda"] {
        let changed = try await fixture.change(event, nil, [.details]) { $0.details = text }
        #expect(changed.content.details == text && changed.conference == event.conference)
        let stored = try await fixture.stored(event)
        #expect(stored["isOnlineMeeting"] == true && stored["onlineMeeting"] != .null)
        #expect(stored["body"]?["content"]?.string?.hasSuffix(block) == true)
      }
      let bare = try await fixture.change(event, conference: .remove)
      #expect(bare.conference == nil && bare.content.details == "Agenda")
      #expect(try await fixture.stored(event)["isOnlineMeeting"] == false)
    }
  }

  @Test func `a block that cannot be recognized stays: the description is not changed, everything else is`()
    async throws
  {
    try await MicrosoftFixture.run { fixture in
      fixture.emulator.setConference(delay: .seconds(2), block: .unrecognizable)
      let event = try await meeting(fixture, details: nil)
      let before = try await fixture.stored(event)["body"]
      let refused = await #expect(throws: ProviderError.self) {
        try await fixture.change(event, nil, [.details]) { $0.details = "New" }
      }
      #expect(refused == .rejected(reason: Messages.teamsTextUnknown))
      for conference in [
        ConferenceChange.remove, .set(.ready(Conference(link: "https://video.example.com/room"))),
      ] {
        let refused = await #expect(throws: ProviderError.self) {
          try await fixture.change(event, conference: conference)
        }
        #expect(refused == .rejected(reason: Messages.teamsRemovalUnknown))
      }
      let renamed = try await fixture.change(event, nil, [.title, .details]) { $0.title = "Renamed" }
      #expect(renamed.content.title == "Renamed" && renamed.conference == event.conference)
      #expect(try await fixture.stored(event)["body"] == before)
    }
  }

  @Test(arguments: [
    "<p>Agenda</p><p>Notes of <a href=\"https://teams.microsoft.com/l/channel/19%3aabc%40thread.tacv2/General\">ours</a></p>",
    "<p>Agenda</p><p>Last time: https://teams.microsoft.com/meet/4711?p=other</p>",
  ])
  func `people's own links to Teams are no block`(text: String) throws {
    #expect(TeamsBlock.start(in: text, joinURL: "https://teams.microsoft.com/l/meetup-join/19%3ax/0") == nil)
  }

  @Test(arguments: [
    "https://teams.live.com/meet/93?p=x", "https://TEAMS.microsoft.com/l/meetup-join/19%3ay/0",
    "https://gov.teams.microsoft.us/l/meetup-join/1", "https://teams.cloud.microsoft/meet/1?p=2",
    "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fteams.microsoft.com%2Fmeet%2F93&amp;data=05",
    "https&#58;//teams.microsoft.com/meet/93",
  ])
  func `a link to join below a line of underscores is a block`(link: String) throws {
    let line = String(repeating: "_", count: 80)
    for block in [
      "<br><div><span>\(line)</span></div><p><a href=\"\(link)\">Join</a></p>",
      "<br>\(line)<br>Join: \(link)<br>",
    ] {
      let html = "<p>Agenda</p>" + block
      let start = try #require(TeamsBlock.start(in: html, joinURL: nil))
      #expect(html[start...] == block)
    }
  }

  @Test func `a long text without an end is read at once`() {
    for text in ["<", ">", "_", "<br>", "https://teams.microsoft.com/", "<a href=\"", "%25", "&#58;"] {
      let html = String(repeating: text, count: 200_000 / text.utf8.count)
      _ = TeamsBlock.start(in: html, joinURL: "https://teams.microsoft.com/l/meetup-join/1")
    }
  }

  @Test func `a title alone sends no text`() async throws {
    try await MicrosoftFixture.run { fixture in
      let event = try await meeting(fixture)
      try await fixture.change(event, nil, [.title]) { $0.title = "Renamed" }
      let request = try #require(fixture.requests("events.update").last)
      #expect(request.body == ["subject": "Renamed"])
    }
  }

  @Test func `Teams is taken off, and gives way to another link`() async throws {
    try await MicrosoftFixture.run { fixture in
      let event = try await meeting(fixture)
      let bare = try await fixture.change(event, conference: .remove)
      #expect(bare.conference == nil && bare.content.details == "Agenda")
      #expect(try await fixture.stored(event)["isOnlineMeeting"] == false)
      let other = try await meeting(fixture)
      let link = "https://video.example.com/room?a=1&b=2"
      let changed = try await fixture.change(other, conference: .set(.ready(Conference(link: link))))
      #expect(changed.conference == .success(Conference(link: link)))
      #expect(try await fixture.read(other).conference == .success(Conference(link: link)))
      #expect(try await fixture.read(other).content.details == "Agenda")
    }
  }

  @Test func `as long as the link is not there, Teams cannot be taken off, and that passes`() async throws {
    try await MicrosoftFixture.run { fixture in
      let event = try await fixture.create(fixture.draft(conference: Self.teams))
      let error = await #expect(throws: ProviderError.self) {
        try await fixture.change(event, conference: .remove)
      }
      #expect(error?.isRetryable == true)
    }
  }

  @Test func `a wish that is dropped has failed`() async throws {
    try await MicrosoftFixture.run(allowsTeams: false) { fixture in
      let event = try await fixture.create(fixture.draft(conference: Self.teams))
      #expect(event.conference == .failure)
    }
  }

  @Test func `what people write around the block in Outlook is read without mark-up`() async throws {
    try await MicrosoftFixture.run { fixture in
      let event = try await meeting(fixture)
      let content = try #require(try await fixture.stored(event)["body"]?["content"]?.string)
      let changed = content.replacing(
        "Agenda",
        with: "<p>Dear <b>all</b>,</p><ul><li>one</li><li>two &amp; three</li></ul><style>p{}</style>"
      )
      try await fixture.asOwner(
        "PATCH",
        "/v1.0/me/events/\(FormEncoding.encode(event.externalID))",
        ["body": ["contentType": "html", "content": .string(changed)]]
      )
      let read = try await fixture.read(event)
      #expect(read.content.details == "Dear all,\n- one\n- two & three")
      #expect(read.conference == event.conference)
    }
  }

  @Test func `a title that Graph refuses is refused before it is asked`() async throws {
    try await MicrosoftFixture.run { fixture in
      for length in [255, 256] {
        var draft = try fixture.draft()
        draft.title = String(repeating: "x", count: length)
        let problem = fixture.provider.textProblem(draft.content, conference: EventConference())
        #expect(problem?.field == (length == 256 ? .title : nil))
      }
    }
  }

  @Test func `Teams is offered where Microsoft offers it`() throws {
    let provider = MicrosoftTeamsProvider()
    let account = try Samples.account(.microsoft, scopes: MicrosoftFixture.scopes)
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
