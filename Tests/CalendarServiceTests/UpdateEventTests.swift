import CalendarCore
import JobQueue
@testable import CalendarService
import Foundation
import ICalendar
import Testing

@Suite(.timeLimit(.minutes(5))) struct UpdateEventTests {
  @Test func `an edit changes what the member changed, and nothing else`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made { $0.details = "Bring the contract." }
    try await fixture.update(event) { $0.title = "Kick-off, moved" }
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.title == "Kick-off, moved" && stored.details == "Bring the contract.")
    #expect(stored.push.status == .synced && stored.version == event.version + 1)
    #expect(fixture.calendar.changes.map(\.fields) == [[.title]])
    #expect(fixture.calendar.changes.first?.notifies == true)
  }

  @Test func `guests, text and times that were changed outside survive an edit of something else`()
    async throws
  {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    let outsider = try #require(EmailAddress("outsider@example.com"))
    fixture.calendar.changeOutside(event.id) {
      $0.content.attendees.append(.init(handle: outsider, responseStatus: .accepted))
      $0.content.details = "Agenda by the guest"
    }
    try await fixture.update(event) { $0.title = "New" }
    let there = try #require(fixture.calendar.event(event.id))
    #expect(there.content.title == "New" && there.content.details == "Agenda by the guest")
    #expect(there.content.attendees.map(\.handle).contains(outsider))
    #expect(fixture.calendar.changes.map(\.fields) == [[.title]])
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.content == there.content, "Both sides end equal.")
    #expect(stored.participants.first?.isOrganizer == true)
  }

  @Test func `a guest list is what the member made of it, with those that others added`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made {
      $0.attendees = [.init(email: "a@x.example"), .init(email: "b@x.example")]
    }
    let added = try #require(EmailAddress("outside@x.example"))
    fixture.calendar.changeOutside(event.id) { $0.content.attendees.append(.init(handle: added)) }
    try await fixture.update(event) {
      $0.attendees = [.init(email: "b@x.example"), .init(email: "c@x.example")]
    }
    let there = try #require(fixture.calendar.event(event.id)).content.attendees.map(\.handle.rawValue)
    #expect(Set(there) == ["b@x.example", "c@x.example", "outside@x.example"])
  }

  @Test func `a reading names the conference's links that may stand in a text`() async throws {
    let fixture = try await TestWorkspace()
    let links = ["https://meet.example/a", "https://meet.example/b"]
    let event = try await fixture.made { input in
      input.conferenceProviderID = FakeLink.id
      input.customConferenceLink = links[0]
    }
    try await fixture.update(event) { $0.customConferenceLink = links[1] }
    #expect(fixture.calendar.conferenceLinks == [links])
  }

  @Test func `nothing changed, nothing sent`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    try await fixture.update(event) { $0.title = event.title }
    #expect(fixture.calendar.changes.isEmpty)
    #expect(try await fixture.stored(event.id)?.version == event.version)
    #expect(try await fixture.nextJob() == nil)
  }

  @Test func `links to records are changed without the provider`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    let company = try await fixture.useCases.records.create.company(
      name: "Acme",
      domainName: nil,
      caller: fixture.ada
    )
    try await fixture.update(event) { $0.linkedCompanyID = .set(company.id) }
    #expect(try await fixture.stored(event.id)?.links.companyID == company.id)
    try await fixture.update(event) { $0.linkedCompanyID = .set(nil) }
    #expect(try await fixture.stored(event.id)?.links.companyID == nil)
    #expect(fixture.calendar.changes.isEmpty)
  }

  @Test func `another start keeps the length, and a day is a day`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    try await fixture.update(event) { $0.startsAt = TestWorkspace.june(3, "15:30") }
    let moved = try #require(try await fixture.stored(event.id))
    #expect(moved.timing.startInstant(in: .utc) == TestWorkspace.june(3, "15:30").instant)
    #expect(moved.timing.endInstant(in: .utc) == TestWorkspace.june(3, "16:30").instant)
    try await fixture.update(event) {
      ($0.isFullDay, $0.startsAt, $0.endsAt) = (
        true, TestWorkspace.june(3, "00:00"), TestWorkspace.june(5, "00:00")
      )
    }
    let day = try #require(try await fixture.stored(event.id)).timing
    #expect(day.isAllDay)
    #expect(fixture.calendar.event(event.id)?.content.timing == day)
    await #expect(throws: InvalidInput.self) { try await fixture.update(event) { $0.isFullDay = false } }
  }

  /// Other programs make meetings that have no length (RFC 5545 §3.6.1); here none is given to a meeting that has one.
  @Test func `a meeting without a length is renamed and moved, and stays so until it gets one`() async throws
  {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    await #expect(throws: InvalidInput.self) {
      try await fixture.update(event) { $0.endsAt = fixture.input().startsAt }
    }
    let moment = try #require(ZonedDateTime("2026-06-02T10:00:00+02:00[Europe/Berlin]"))
    fixture.calendar.changeOutside(event.id) { $0.content.timing = .timed(start: moment, end: moment) }
    func bounds() async throws -> [Date] {
      let timing = try #require(try await fixture.stored(event.id)).timing
      #expect(fixture.calendar.event(event.id)?.content.timing == timing)
      return [timing.startInstant(in: .utc), timing.endInstant(in: .utc)]
    }
    try await fixture.update(event) { $0.title = "Deadline" }
    #expect(try await bounds() == [moment.instant, moment.instant])
    try await fixture.update(event) { $0.startsAt = TestWorkspace.june(3, "15:30") }
    #expect(try await bounds() == Array(repeating: TestWorkspace.june(3, "15:30").instant, count: 2))
    try await fixture.update(event) {
      ($0.startsAt, $0.endsAt) = (TestWorkspace.june(4, "00:00"), TestWorkspace.june(4, "00:00"))
    }
    #expect(try await bounds() == Array(repeating: TestWorkspace.june(4, "00:00").instant, count: 2))
    await #expect(throws: InvalidInput.self) {
      try await fixture.update(event) { $0.endsAt = TestWorkspace.june(3, "00:00") }
    }
    try await fixture.update(event) { $0.endsAt = TestWorkspace.june(4, "01:00") }
    await #expect(throws: InvalidInput.self) {
      try await fixture.update(event) { $0.endsAt = TestWorkspace.june(4, "00:00") }
    }
    #expect(
      try await bounds() == [TestWorkspace.june(4, "00:00").instant, TestWorkspace.june(4, "01:00").instant]
    )
  }

  @Test func `what was refused at once is taken back`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.calendar.beforeChanging { _ throws(ProviderError) in throw .rejected(reason: "No such time.") }
    await #expect(throws: ProviderRejection.self) { try await fixture.update(event) { $0.title = "Refused" } }
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.title == event.title && stored.push.status == .synced && stored.push.error == nil)
    #expect(try await fixture.nextJob() == nil)
    let failed = try await fixture.useCases.failedJobs.list(caller: fixture.ada)
    #expect(failed.jobs.isEmpty)
  }

  @Test func `ten edits while the provider is down arrive as one, with the last state`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.calendar.beforeChanging { attempt throws(ProviderError) in
      if attempt <= 10 { throw .unavailable(reason: "down") }
    }
    for number in 1...10 {
      try await fixture.update(event) { $0.title = "Edit \(number)" }
      #expect(try await fixture.stored(event.id)?.push.status == .pending)
    }
    try await fixture.update(event) { $0.location = .set("Berlin") }
    #expect(fixture.calendar.changes.map(\.fields) == [[.title, .location]])
    #expect(fixture.calendar.event(event.id)?.content.title == "Edit 10")
    #expect(try await fixture.stored(event.id)?.push.status == .synced)
    #expect(try await fixture.nextJob() == nil)
  }

  @Test func `an edit made while an earlier one is on its way is delivered after it`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.calendar.beforeChanging { attempt throws(ProviderError) in
      guard attempt == 1 else { return }
      // A member edits again between our reading and our writing; that edit waits for this one.
      await fixture.changeMeanwhile(event.id) {
        ($0.location, $0.version) = ("Hamburg", $0.version + 1)
      }
    }
    try await fixture.update(event) { $0.title = "First" }
    #expect(try await fixture.stored(event.id)?.push.status == .pending)
    try await fixture.useCases.runner.runDueJobs()
    let there = try #require(fixture.calendar.event(event.id)).content
    #expect(there.title == "First" && there.location == "Hamburg")
    #expect(try await fixture.stored(event.id)?.push.status == .synced)
  }

  @Test func `a change made between our reading and our writing is not lost`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.calendar.beforeChanging { attempt throws(ProviderError) in
      if attempt < 3 { fixture.calendar.changeOutside(event.id) { $0.content.location = "Room \(attempt)" } }
    }
    try await fixture.update(event) { $0.title = "Mine" }
    let there = try #require(fixture.calendar.event(event.id)).content
    #expect(there.title == "Mine" && there.location == "Room 2")
    #expect(try await fixture.stored(event.id)?.location == "Room 2")
  }

  @Test func `an event that was deleted outside is not made again, and says so`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.calendar.deleteOutside(event.id)
    let refusal = await #expect(throws: ProviderRejection.self) {
      try await fixture.update(event) { $0.title = "Too late" }
    }
    #expect(refusal?.message == "The meeting was deleted in the calendar.")
    #expect(fixture.calendar.eventCount == 1)
  }

  @Test func `changing the conference makes another, and taking it off removes it`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made { $0.conferenceProviderID = FakeMeet.id }
    try await fixture.update(event) {
      ($0.conferenceProviderID, $0.customConferenceLink) = (FakeLink.id, "https://rooms.example/1")
    }
    #expect(
      fixture.calendar.changes.last?.conference == .set(.ready(Conference(link: "https://rooms.example/1")))
    )
    var stored = try #require(try await fixture.stored(event.id))
    #expect(stored.conference.status == .success && stored.conference.link == "https://rooms.example/1")
    try await fixture.update(event) { $0.conferenceProviderID = ConferenceProviderID.none }
    #expect(fixture.calendar.changes.last?.conference == .remove)
    stored = try #require(try await fixture.stored(event.id))
    #expect(stored.conference.providerID == .none && stored.conference.link == nil)
    #expect(fixture.calendar.changes.allSatisfy { $0.fields.isEmpty })
    try await fixture.update(event) { $0.conferenceProviderID = FakeMeet.id }
    stored = try #require(try await fixture.stored(event.id))
    #expect(stored.conference.status == .pending && stored.conference.requestID != event.conference.requestID)
  }

  @Test func `whether guests are told is the member's choice`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    try await fixture.update(event) { ($0.title, $0.sendInvitations) = ("Quietly", false) }
    #expect(fixture.calendar.changes.last?.notifies == false)
  }
}
