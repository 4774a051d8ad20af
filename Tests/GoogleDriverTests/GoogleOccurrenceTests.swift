import CalendarCore
import DriverTestSupport
import Foundation
import GoogleDriver
import ICalendar
import ProviderEmulators
import ProviderKit
import Testing

/// Occurrences of a series at Google.
@Suite(.timeLimit(.minutes(5))) struct GoogleOccurrenceTests {
  /// Mondays at 10 in Berlin, where the clocks are put back on 31 October 2027.
  private func series(_ fixture: GoogleFixture) async throws -> ProviderEvent {
    var draft = try fixture.draft()
    draft.timing = try Samples.timed("2027-10-18T10:00:00", "2027-10-18T11:00:00")
    draft.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=4"]
    draft.details = "Agenda"
    return try await fixture.create(draft)
  }

  @Test func `an occurrence is at the same hour after the clocks were changed`() async throws {
    try await GoogleFixture.run { fixture in
      let event = try await series(fixture)
      let summer = try await fixture.read(event, "20271025T080000Z")
      let winter = try await fixture.read(event, "20271101T090000Z")
      #expect(try summer.content.timing == Samples.timed("2027-10-25T10:00:00", "2027-10-25T11:00:00"))
      #expect(try winter.content.timing == Samples.timed("2027-11-01T10:00:00", "2027-11-01T11:00:00"))
      #expect(winter.content.recurrence.isEmpty && winter.content.details == "Agenda")
      #expect(winter.content.attendees == event.content.attendees)
      #expect(winter.externalID == "\(event.externalID)_20271101T090000Z" && winter.iCalUID == event.iCalUID)
      for start in ["20271102T090000Z", "20271101T080000Z", "20271101", "20271115T090000Z"] {
        await #expect(throws: ProviderError.notFound) { try await fixture.read(event, start) }
      }
    }
  }

  @Test func `one occurrence is changed, again and again, and the others are not`() async throws {
    try await GoogleFixture.run { fixture in
      let event = try await series(fixture)
      let start = "20271101T090000Z"
      let moved = try Samples.timed("2027-11-02T15:00:00", "2027-11-02T16:00:00")
      let changed = try await fixture.change(event, start, [.title, .timing]) {
        ($0.title, $0.timing) = ("Special", moved)
      }
      #expect(changed.content.title == "Special" && changed.content.timing == moved)
      #expect(changed.content.recurrence.isEmpty && changed.content.details == "Agenda")
      let again = try await fixture.change(event, start, [.details, .attendees]) { content in
        content.details = nil
        content.attendees.append(try Samples.guest("eve@example.net"))
      }
      #expect(again.content.title == "Special" && again.content.timing == moved)
      #expect(again.content.details == nil && again.content.attendees.count == 2)
      #expect(try await fixture.read(event, start).content == again.content)
      #expect(try await fixture.read(event).content == event.content)
      let other = try await fixture.read(event, "20271025T080000Z").content
      #expect(other.title == event.content.title && other.attendees == event.content.attendees)
    }
  }

  @Test func `an occurrence has a link of its own, and the series keeps its`() async throws {
    try await GoogleFixture.run { fixture in
      let (first, second) = ("https://one.example.com/x", "https://two.example.com/x")
      let event = try await series(fixture)
      try await fixture.change(event, conference: .set(.ready(Conference(link: first))))
      let start = "20271101T090000Z"
      #expect(try await fixture.read(event, start).conference == .success(Conference(link: first)))
      let own = try await fixture.change(event, start, conference: .set(.ready(Conference(link: second))))
      #expect(own.conference == .success(Conference(link: second)) && own.content.details == "Agenda")
      #expect(try await fixture.read(event).conference == .success(Conference(link: first)))
      let none = try await fixture.change(event, start, conference: .remove)
      #expect(none.conference == nil && none.content.details == "Agenda" && none.content.location == nil)
      #expect(
        try await fixture.read(event, "20271108T090000Z").conference == .success(Conference(link: first))
      )
    }
  }

  @Test func `a newer version of an occurrence or its series is not overwritten`() async throws {
    try await GoogleFixture.run { fixture in
      let event = try await series(fixture)
      let start = "20271101T090000Z"
      let occurrence = try await fixture.read(event, start)
      try await fixture.change(event, nil, [.title]) { $0.title = "Renamed" }
      let change = try Samples.change(of: occurrence, [.details]) { $0.details = "Mine" }
      await #expect(throws: ProviderError.conflict(etag: nil)) {
        try await fixture.provider.updateEvent(
          fixture.reference(event, start),
          current: occurrence,
          change: change,
          session: fixture.session
        )
      }
      #expect(try await fixture.read(event, start).content.title == "Renamed")
    }
  }

  @Test func `a deleted occurrence is gone, and the series goes on`() async throws {
    try await GoogleFixture.run { fixture in
      let event = try await series(fixture)
      let before = fixture.mail.messages.count
      try await fixture.delete(event, "20271025T080000Z")
      #expect(fixture.mail.messages.count == before + 1)
      await #expect(throws: ProviderError.gone) { try await fixture.read(event, "20271025T080000Z") }
      await #expect(throws: ProviderError.gone) { try await fixture.delete(event, "20271025T080000Z") }
      await #expect(throws: ProviderError.notFound) { try await fixture.delete(event, "20271026T080000Z") }
      #expect(try await fixture.read(event).content == event.content)
      #expect(try await fixture.read(event, "20271101T090000Z").content.title == event.content.title)
      try await fixture.change(event, "20271101T090000Z", [.title]) { $0.title = "Special" }
      try await fixture.delete(event, "20271101T090000Z", notifies: false)
      await #expect(throws: ProviderError.gone) { try await fixture.read(event, "20271101T090000Z") }
    }
  }

  @Test func `an occurrence of a series whose making was not answered is found`() async throws {
    try await GoogleFixture.run { fixture in
      var draft = try fixture.draft()
      draft.recurrence = ["RRULE:FREQ=DAILY"]
      _ = try await fixture.create(draft)
      let reference = ProviderEventReference(
        calendarExternalID: GoogleFixture.address,
        eventID: draft.eventID,
        externalID: nil,
        originalStart: try Samples.start("20270129T090000Z")
      )
      let found = try await fixture.provider.event(reference, session: fixture.session)
      #expect(try found.content.timing == Samples.timed("2027-01-29T10:00:00", "2027-01-29T11:00:00"))
      try await fixture.provider.deleteEvent(reference, notifyAttendees: false, session: fixture.session)
      await #expect(throws: ProviderError.gone) {
        try await fixture.provider.event(reference, session: fixture.session)
      }
    }
  }

  @Test func `a day of a series of days is changed and deleted`() async throws {
    try await GoogleFixture.run { fixture in
      var draft = try fixture.draft()
      draft.timing = try Samples.allDay("2027-10-18", "2027-10-20")
      draft.recurrence = ["RRULE:FREQ=WEEKLY;UNTIL=20271231"]
      let event = try await fixture.create(draft)
      let second = try await fixture.read(event, "20271025")
      #expect(try second.content.timing == Samples.allDay("2027-10-25", "2027-10-27"))
      let timed = try Samples.timed()
      #expect(
        try await fixture.change(event, "20271025", [.timing]) { $0.timing = timed }.content.timing == timed
      )
      try await fixture.delete(event, "20271101")
      await #expect(throws: ProviderError.gone) { try await fixture.read(event, "20271101") }
      #expect(try await fixture.read(event, "20271025").content.timing == timed)
      await #expect(throws: ProviderError.notFound) { try await fixture.read(event, "20271108T000000Z") }
    }
  }
}
