import CalendarCore
import CalendarService
import Foundation
import ICalendar
import TestSupport
import Testing

/// A conference that is made through the event: pending, then success or failure, by a job.
@Suite(.timeLimit(.minutes(5))) struct ConferenceTests {
  private func pendingEvent(in fixture: TestWorkspace) async throws -> CalendarEvent {
    let event = try await fixture.useCases.events.create(
      fixture.input { $0.conferenceProviderID = FakeMeet.id },
      caller: fixture.ada
    ).event
    #expect(event.conference.status == .pending)
    #expect(event.conference.link == nil)
    #expect(event.push.status == .synced)
    return event
  }

  private static let noon = ZonedDateTime(instant: TestWorkspace.start, zone: .utc)

  private static func answer(_ conference: ProviderConference?) -> ProviderEvent {
    ProviderEvent(
      externalID: "x",
      iCalUID: "x@fake",
      etag: "2",
      content: EventContent(title: "x", timing: .timed(start: noon, end: noon)),
      conference: conference
    )
  }

  @Test func `a pending conference becomes a link by itself`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await pendingEvent(in: fixture)
    fixture.calendar.whenReading { attempt in
      Self.answer(attempt < 3 ? .pending : .success(Conference(link: "https://meet.example/abc")))
    }
    for _ in 0..<3 { try await fixture.runNextJob() }
    let done = try #require(try await fixture.stored(event.id))
    #expect(done.conference.status == .success)
    #expect(done.conference.link == "https://meet.example/abc")
    #expect(done.push.etag == "2")
    #expect(try await fixture.database.systemRead { try $0.nextJobDue(after: .distantPast) } == nil)
  }

  @Test(arguments: [ProviderConference.failure, nil])
  func `a conference that failed says so and is not asked for again`(_ end: ProviderConference?) async throws
  {
    let fixture = try await TestWorkspace()
    let event = try await pendingEvent(in: fixture)
    fixture.calendar.whenReading { _ in Self.answer(end) }
    try await fixture.runNextJob()
    #expect(try await fixture.stored(event.id)?.conference.status == .failure)
    #expect(try await fixture.database.systemRead { try $0.nextJobDue(after: .distantPast) } == nil)
  }

  @Test func `a conference that stays pending is given up after about ten minutes`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await pendingEvent(in: fixture)
    fixture.calendar.whenReading { _ in Self.answer(.pending) }
    try await fixture.runAllJobs()
    #expect(try await fixture.stored(event.id)?.conference.status == .failure)
    let waited = fixture.clock.now.timeIntervalSince(TestWorkspace.start)
    #expect((300...1500).contains(waited))
  }

  @Test func `a provider that is down while a conference is pending does not fail it`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await pendingEvent(in: fixture)
    fixture.calendar.whenReading { attempt throws(ProviderError) in
      guard attempt > 1 else { throw .unavailable(reason: "down") }
      return Self.answer(.success(Conference(link: "https://meet.example/abc")))
    }
    try await fixture.runNextJob()
    #expect(try await fixture.stored(event.id)?.conference.status == .pending)
    try await fixture.runNextJob()
    #expect(try await fixture.stored(event.id)?.conference.status == .success)
  }

  @Test func `every attempt to deliver asks for the same conference`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { draft, attempt throws(ProviderError) in
      guard attempt > 1 else { throw .unavailable(reason: "lost answer") }
      return FakeCalendar.made(draft)
    }
    _ = try await fixture.useCases.events.create(
      fixture.input { $0.conferenceProviderID = FakeMeet.id },
      caller: fixture.ada
    )
    try await fixture.runNextJob()
    let requests = fixture.calendar.drafts.map(\.conference)
    #expect(requests.count >= 2)
    #expect(Set(requests).count == 1)
  }

  @Test func `a link of one's own is there at once`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.useCases.events.create(
      fixture.input { input in
        input.conferenceProviderID = FakeLink.id
        input.customConferenceLink = " https://meet.example/mine "
      },
      caller: fixture.ada
    ).event
    #expect(event.conference.status == .success)
    #expect(event.conference.link == "https://meet.example/mine")
    #expect(
      fixture.calendar.drafts.first?.conference == .ready(Conference(link: "https://meet.example/mine"))
    )
  }
}
