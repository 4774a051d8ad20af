import CalendarCore
import CalendarService
import Foundation
import ICalendar
import TestSupport
import Testing

/// A conference that is made through the event: pending, then success or failure, by a job.
@Suite(.timeLimit(.minutes(5))) struct ConferenceTests {
  private func pendingEvent(in world: World) async throws -> CalendarEvent {
    let event = try await world.useCases.events.create(
      world.input { $0.conferenceProviderID = FakeMeet.id },
      caller: world.ada
    ).event
    #expect(event.conference.status == .pending)
    #expect(event.conference.link == nil)
    #expect(event.push.status == .synced)
    return event
  }

  private static let noon = ZonedDateTime(instant: World.start, zone: .utc)

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
    let world = try await World()
    let event = try await pendingEvent(in: world)
    world.calendar.whenReading { attempt in
      Self.answer(attempt < 3 ? .pending : .success(Conference(link: "https://meet.example/abc")))
    }
    for _ in 0..<3 { try await world.runNextJob() }
    let done = try #require(try await world.stored(event.id))
    #expect(done.conference.status == .success)
    #expect(done.conference.link == "https://meet.example/abc")
    #expect(done.push.etag == "2")
    #expect(try await world.database.systemRead { try $0.nextJobDue(after: .distantPast) } == nil)
  }

  @Test(arguments: [ProviderConference.failure, nil])
  func `a conference that failed says so and is not asked for again`(_ end: ProviderConference?) async throws
  {
    let world = try await World()
    let event = try await pendingEvent(in: world)
    world.calendar.whenReading { _ in Self.answer(end) }
    try await world.runNextJob()
    #expect(try await world.stored(event.id)?.conference.status == .failure)
    #expect(try await world.database.systemRead { try $0.nextJobDue(after: .distantPast) } == nil)
  }

  @Test func `a conference that stays pending is given up after about ten minutes`() async throws {
    let world = try await World()
    let event = try await pendingEvent(in: world)
    world.calendar.whenReading { _ in Self.answer(.pending) }
    try await world.runAllJobs()
    #expect(try await world.stored(event.id)?.conference.status == .failure)
    let waited = world.clock.now.timeIntervalSince(World.start)
    #expect((300...1500).contains(waited))
  }

  @Test func `a provider that is down while a conference is pending does not fail it`() async throws {
    let world = try await World()
    let event = try await pendingEvent(in: world)
    world.calendar.whenReading { attempt throws(ProviderError) in
      guard attempt > 1 else { throw .unavailable(reason: "down") }
      return Self.answer(.success(Conference(link: "https://meet.example/abc")))
    }
    try await world.runNextJob()
    #expect(try await world.stored(event.id)?.conference.status == .pending)
    try await world.runNextJob()
    #expect(try await world.stored(event.id)?.conference.status == .success)
  }

  @Test func `every attempt to deliver asks for the same conference`() async throws {
    let world = try await World()
    world.calendar.whenCreating { draft, attempt throws(ProviderError) in
      guard attempt > 1 else { throw .unavailable(reason: "lost answer") }
      return FakeCalendar.made(draft)
    }
    _ = try await world.useCases.events.create(
      world.input { $0.conferenceProviderID = FakeMeet.id },
      caller: world.ada
    )
    try await world.runNextJob()
    let requests = world.calendar.drafts.map(\.conference)
    #expect(requests.count >= 2)
    #expect(Set(requests).count == 1)
  }

  @Test func `a link of one's own is there at once`() async throws {
    let world = try await World()
    let event = try await world.useCases.events.create(
      world.input { input in
        input.conferenceProviderID = FakeLink.id
        input.customConferenceLink = " https://meet.example/mine "
      },
      caller: world.ada
    ).event
    #expect(event.conference.status == .success)
    #expect(event.conference.link == "https://meet.example/mine")
    #expect(world.calendar.drafts.first?.conference == .ready(Conference(link: "https://meet.example/mine")))
  }
}
