import CalendarCore
import CalendarService
import Foundation
import ICalendar
import Testing

@Suite(.timeLimit(.minutes(5))) struct CreateEventTests {
  @Test func `an event is stored, delivered, and carries what the provider made of it`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.useCases.events.create(
      fixture.input { input in
        input.title = "  Kick-off\n"
        input.details = "Agenda\r\nBudget"
        input.location = "Room 1"
      },
      caller: fixture.ada
    ).event
    #expect(event.push.status == .synced)
    #expect(event.push.externalID == "x-\(event.id)")
    #expect(event.iCalUID == "\(event.id)@fake")
    #expect(event.title == "Kick-off")
    #expect(event.details == "Agenda\nBudget")
    #expect(event.crmCreatorID == fixture.ada.memberID)
    #expect(event.participants.map(\.handle.rawValue) == ["ada@phos.example", "guest@example.com"])
    #expect(try await fixture.stored(event.id) == event)
    let draft = try #require(fixture.calendar.drafts.first)
    #expect(draft.organizer.handle.rawValue == "ada@phos.example")
    #expect(draft.attendees.map(\.handle.rawValue) == ["guest@example.com"])
    #expect(draft.notifyAttendees)
    #expect(try await fixture.database.systemRead { try $0.nextJobDue(after: .distantPast) } == nil)
  }

  @Test func `the wall clock of the organizer's zone is what the provider gets`() async throws {
    let fixture = try await TestWorkspace()
    _ = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada)
    guard case .timed(let start, _) = fixture.calendar.drafts.first?.timing else {
      Issue.record("not timed")
      return
    }
    #expect(start.zone.identifier == "Europe/Berlin")
    #expect("\(start.local)" == "2026-06-02T10:00:00")
  }

  @Test func `the second pass of a repeated hour stays the second pass`() async throws {
    let fixture = try await TestWorkspace()
    // 2026-10-25: 02:30 in Berlin comes twice; 01:30Z is the second time.
    let start = try #require(ZonedDateTime("2026-10-25T01:30:00+00:00[UTC]"))
    let event = try await fixture.useCases.events.create(
      fixture.input { input in
        input.startsAt = TestWorkspace.written(start)
        input.endsAt = .init(instant: start.instant + 3600, writtenDate: start.local.date)
      },
      caller: fixture.ada
    ).event
    #expect(event.timing.startInstant(in: .utc) == start.instant)
    #expect(try await fixture.stored(event.id)?.timing.startInstant(in: .utc) == start.instant)
  }

  @Test func `the provider is given what is stored, however odd the input`() async throws {
    let fixture = try await TestWorkspace()
    let start = try #require(ZonedDateTime("2026-10-25T01:30:00+00:00[UTC]"))
    let event = try await fixture.useCases.events.create(
      fixture.input { input in
        input.title = "Kick\0off\u{2028}"
        input.details = "Agenda\0\r\nBudget"
        input.location = "Room\u{7}1"
        input.startsAt = .init(instant: start.instant + 0.25, writtenDate: start.local.date)
        input.endsAt = .init(instant: start.instant + 3600.75, writtenDate: start.local.date)
        input.attendees = [
          .init(email: "Guest@Bücher.example", displayName: "A\0 guest\n", isOrganizer: false)
        ]
      },
      caller: fixture.ada
    ).event
    let (draft, stored) = (
      try #require(fixture.calendar.drafts.first), try #require(try await fixture.stored(event.id))
    )
    #expect(draft.title == stored.title)
    #expect(draft.details == stored.details)
    #expect(draft.location == stored.location)
    #expect(draft.timing == stored.timing)
    #expect([draft.organizer] + draft.attendees == stored.participants)
    #expect(draft.createdAt == stored.createdAt)
    #expect(stored.version == 1)
  }

  @Test func `an all-day event takes the dates as written, whatever the offset`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.useCases.events.create(
      fixture.input { input in
        input.isFullDay = true
        // Already 3 June in Berlin at this instant; the caller wrote 2 June.
        input.startsAt = TestWorkspace.written(ZonedDateTime("2026-06-02T23:30:00+00:00[UTC]"))
        input.endsAt = TestWorkspace.written(ZonedDateTime("2026-06-04T00:00:00+00:00[UTC]"))
      },
      caller: fixture.ada
    ).event
    let (second, fourth) = (
      try #require(CalendarDate("2026-06-02")), try #require(CalendarDate("2026-06-04"))
    )
    #expect(event.timing == .allDay(start: second, end: fourth))
  }

  @Test func `links to records of the workspace are kept`() async throws {
    let fixture = try await TestWorkspace()
    let company = try await fixture.useCases.records.create.company(
      name: "Northwind",
      domainName: nil,
      caller: fixture.ada
    )
    let person = try await fixture.useCases.records.create.person(
      firstName: "Emil",
      lastName: nil,
      emails: ["guest@example.com"],
      companyID: company.id,
      jobTitle: nil,
      caller: fixture.ada
    )
    let event = try await fixture.useCases.events.create(
      fixture.input { input in
        input.linkedPersonIDs = [person.id, person.id]
        input.linkedCompanyID = company.id
      },
      caller: fixture.ada
    ).event
    #expect(event.links == EventLinks(personIDs: [person.id], companyID: company.id))
    let (page, total) = try await fixture.useCases.events.queries.timeline(
      of: .person(person.id),
      page: 1,
      pageSize: 20,
      caller: fixture.ada
    )
    #expect(total == 1)
    #expect(page.peopleByAddress[try #require(EmailAddress("GUEST@example.com"))] == person)
  }

  @Test func `without invitations the provider is asked to stay silent`() async throws {
    let fixture = try await TestWorkspace()
    _ = try await fixture.useCases.events.create(
      fixture.input { $0.sendInvitations = false },
      caller: fixture.ada
    )
    #expect(fixture.calendar.drafts.first?.notifyAttendees == false)
  }

  // MARK: Exactly once

  @Test func `the same key makes one event and answers with it again`() async throws {
    let fixture = try await TestWorkspace()
    let input = fixture.input { $0.idempotencyKey = "k" }
    let first = try await fixture.useCases.events.create(input, caller: fixture.ada).event
    let again = try await fixture.useCases.events.create(input, caller: fixture.ada).event
    #expect(first.id == again.id)
    #expect(fixture.calendar.drafts.count == 1)
    #expect(try await fixture.eventCount() == 1)
  }

  @Test func `many requests at once with one key make one event`() async throws {
    let fixture = try await TestWorkspace()
    let input = fixture.input { $0.idempotencyKey = "k" }
    let ids = try await withThrowingTaskGroup(of: CalendarEvent.ID.self) { group in
      for _ in 0..<20 {
        group.addTask { try await fixture.useCases.events.create(input, caller: fixture.ada).event.id }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(ids.count == 1)
    #expect(fixture.calendar.eventCount == 1)
    #expect(try await fixture.eventCount() == 1)
  }

  @Test func `a key that was used for something else is refused`() async throws {
    let fixture = try await TestWorkspace()
    _ = try await fixture.useCases.events.create(
      fixture.input { $0.idempotencyKey = "k" },
      caller: fixture.ada
    )
    await #expect(throws: IdempotencyKeyTaken.self) {
      _ = try await fixture.useCases.events.create(
        fixture.input { input in
          input.idempotencyKey = "k"
          input.title = "Another"
        },
        caller: fixture.ada
      )
    }
    #expect(try await fixture.eventCount() == 1)
  }
}
