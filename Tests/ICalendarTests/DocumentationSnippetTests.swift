import Foundation
import ICalendar
import Testing

/// The code of the articles in ICalendar.docc; `scripts/check-documents` compares the two.
@Suite(.timeLimit(.minutes(5))) struct DocumentationSnippetTests {
  private static let file = """
    BEGIN:VCALENDAR\r
    VERSION:2.0\r
    PRODID:-//Example//EN\r
    BEGIN:VEVENT\r
    UID:1@example.com\r
    DTSTAMP:20260101T000000Z\r
    DTSTART;TZID=America/New_York:20260202T100000\r
    DTEND;TZID=America/New_York:20260202T110000\r
    RRULE:FREQ=WEEKLY;BYDAY=MO\r
    SUMMARY:Planning\r
    ORGANIZER:mailto:ann@example.com\r
    ATTENDEE:mailto:ann@example.com\r
    ATTENDEE:mailto:bob@example.com\r
    END:VEVENT\r
    END:VCALENDAR\r

    """
  private let bytes = Array(Self.file.utf8)
  private let now = Date(timeIntervalSince1970: 1_769_000_000)

  @Test func `a file is read`() throws {
    // snippet: reading
    let calendar = try CalendarObject.parse(bytes)
    for event in calendar.events {
      print(event.uid, event.summary ?? "Untitled", event.timing.startInstant(in: .utc))
    }
    let defects = calendar.unreadable
    // snippet end
    #expect(calendar.events.map(\.summary) == ["Planning"] && defects.isEmpty)
  }

  @Test func `a file is written`() throws {
    // snippet: writing
    let zone = try #require(Zone("America/New_York"))
    let local = try #require(LocalDateTime("2026-01-28T10:00:00"))
    let start = ZonedDateTime(local: local, zone: zone)
    let end = ZonedDateTime(local: local.adding(seconds: 3600), zone: zone)
    var event = EventComponent(uid: "1@example.com", dtstamp: now, timing: .timed(start: start, end: end))
    event.summary = "Kick-off"
    event.alarms = [AlarmComponent(display: "Kick-off", trigger: .fromStart(CalendarDuration(seconds: -900)))]
    let calendar = CalendarObject(events: [event])
    let file = calendar.serialized()
    // snippet end
    #expect(try CalendarObject.parse(file).events.first?.summary == "Kick-off")
  }

  @Test func `a series is expanded`() throws {
    let event = try #require(CalendarObject.parse(bytes).events.first)
    let from = Date(timeIntervalSince1970: 1_769_904_000)
    let to = from.addingTimeInterval(28 * 86_400)
    // snippet: expanding
    let series = EventSeries(master: event)
    let february = series.between(from, to)
    for instance in february.instances {
      print(instance.timing.startInstant(in: .utc))
    }
    let (before, after) = try series.splitting(at: february.instances[2].id, uid: "2@example.com")
    let shortened = try before.excluding(february.instances[0].id)
    // snippet end
    #expect(february.isComplete && february.instances.count == 4 && after.master.uid == "2@example.com")
    #expect(shortened.between(from, to).instances.count == 1)
  }

  @Test func `an invitation is answered`() throws {
    let event = try #require(CalendarObject.parse(bytes).events.first)
    let invitation = try SchedulingMessage.request(for: [event]).serialized()
    // snippet: answering
    let received = try CalendarObject.parse(invitation)
    let invited = try #require(received.events.first)
    let reply = try SchedulingMessage.reply(to: invited, from: "bob@example.com", .accepted, at: now)
    let attachment = (type: reply.contentType, content: reply.serialized())
    // snippet end
    #expect(attachment.type == "text/calendar; method=REPLY; charset=UTF-8")
    // snippet: receiving
    let message = try SchedulingMessage.parse(attachment.content)
    let known = ScheduledEvent(uid: event.uid, components: [event])
    let reception = known.receiving(message, for: ["ann@example.com"])
    let stored = (reception.event.components, reception.event.memory)
    // snippet end
    #expect(reception.hasChanges && stored.0.count == 1)
  }
}
