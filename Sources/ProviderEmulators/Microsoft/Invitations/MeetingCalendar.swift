import Foundation
import ICalendar
import JSONModel

/// The iCalendar object of a meeting message: minimal, but valid (RFC 5545, 5546), with Exchange's names of zones.
struct MeetingCalendar {
  let message: MeetingMessage

  private var meeting: StoredMeeting { message.meeting }
  private var isAllDay: Bool { meeting.fields["isAllDay"] == true }

  var text: String {
    var lines = [
      "BEGIN:VCALENDAR", "METHOD:\(message.kind.method)", "PRODID:Microsoft Exchange Server 2010",
      "VERSION:2.0",
    ]
    if !isAllDay {
      var zones: [OutlookZone] = []
      for time in [meeting.start, meeting.end].compactMap({ $0 }) where !zones.contains(time.zone) {
        zones.append(time.zone)
      }
      for zone in zones {
        guard let rules = TimeZone(identifier: zone.identifier) else { continue }
        lines += CalendarText.timeZone(
          rules,
          named: zone.windowsName,
          from: meeting.start?.instant ?? message.now
        )
      }
    }
    lines += ["BEGIN:VEVENT"] + people
    lines += [
      "UID:\(meeting.iCalUID)", "SEQUENCE:\(meeting.sequence)",
      "DTSTAMP:\(CalendarText.stamp(message.now, in: .gmt))Z",
      "SUMMARY:\(CalendarText.escaped(message.subject))",
    ]
    if let start = meeting.start { lines.append(time("DTSTART", start)) }
    if let end = meeting.end { lines.append(time("DTEND", end)) }
    lines += repetition
    if let place = meeting.fields["location"]?["displayName"]?.string, !place.isEmpty {
      lines.append("LOCATION:\(CalendarText.escaped(place))")
    }
    let body = EventBody.text(of: meeting.fields["body"]?["content"]?.string ?? "")
    if !body.isEmpty { lines.append("DESCRIPTION:\(CalendarText.escaped(body))") }
    if let comment = message.comment, !comment.isEmpty {
      lines.append("COMMENT:\(CalendarText.escaped(comment))")
    }
    if let link = message.joinURL { lines.append("X-MICROSOFT-SKYPETEAMSMEETINGURL:\(link)") }
    lines.append("STATUS:\(message.kind.method == "CANCEL" ? "CANCELLED" : "CONFIRMED")")
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return lines.map(CalendarText.folded).joined(separator: "\r\n") + "\r\n"
  }

  /// ORGANIZER and ATTENDEE: all guests in an organizer's message, only the sender in a response.
  private var people: [String] {
    let name = CalendarText.parameter(message.sender.displayName)
    if case .reply(let answer) = message.kind {
      return [
        "ORGANIZER:mailto:\(message.recipient)",
        "ATTENDEE;PARTSTAT=\(answer.participation);CN=\(name):mailto:\(message.sender.email)",
      ]
    }
    // The recipient must be an attendee, even one who has just been removed.
    let known = EventAttendees.addresses(of: meeting)
    let guests = known.contains(message.recipient) ? known : known + [message.recipient]
    return ["ORGANIZER;CN=\(name):mailto:\(message.sender.email)"]
      + guests.map { "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:\($0)" }
  }

  private var repetition: [String] {
    if let day = meeting.day, let start = meeting.start, let date = CalendarDate(graph: day) {
      let original = LocalDateTime(date: date, hour: start.local.hour, minute: start.local.minute)
      return [time("RECURRENCE-ID", MeetingTime(local: original ?? start.local, zone: start.zone))]
    }
    guard meeting.isSeries, let start = meeting.start, let rule = MeetingRule(meeting) else { return [] }
    let days =
      message.kind.method == "CANCEL" ? [] : message.cancelledDays.compactMap(CalendarDate.init(graph:))
    return ["RRULE:\(rule.text)"]
      + days.map { day in
        let moved = (day.dayNumber - start.local.date.dayNumber) * 86_400
        return time("EXDATE", MeetingTime(local: start.local.adding(seconds: moved), zone: start.zone))
      }
  }

  private func time(_ name: String, _ time: MeetingTime) -> String {
    let digits = time.local.description.filter { $0 != "-" && $0 != ":" }
    return isAllDay
      ? "\(name);VALUE=DATE:\(digits.prefix(8))" : "\(name);TZID=\(time.zone.windowsName):\(digits)"
  }
}

/// The RRULE of a series.
struct MeetingRule {
  let text: String

  init?(_ meeting: StoredMeeting) {
    guard let recurrence = meeting.fields["recurrence"], let start = meeting.start,
      let pattern = recurrence["pattern"].flatMap({ try? RecurrencePattern($0) }),
      let range = recurrence["range"].flatMap({ try? RecurrenceRange($0) })
    else { return nil }
    let days = pattern.daysOfWeek.map { RecurrencePattern.dayNames[$0].prefix(2).uppercased() }
      .joined(separator: ",")
    let position = pattern.index == 4 ? -1 : pattern.index + 1
    var parts: [String]
    switch pattern.kind {
    case .daily: parts = ["FREQ=DAILY"]
    case .weekly:
      let first = RecurrencePattern.dayNames[pattern.firstDayOfWeek].prefix(2).uppercased()
      parts = ["FREQ=WEEKLY", "BYDAY=\(days)", "WKST=\(first)"]
    case .absoluteMonthly: parts = ["FREQ=MONTHLY", "BYMONTHDAY=\(pattern.dayOfMonth)"]
    case .relativeMonthly: parts = ["FREQ=MONTHLY", "BYDAY=\(days)", "BYSETPOS=\(position)"]
    case .absoluteYearly:
      parts = ["FREQ=YEARLY", "BYMONTH=\(pattern.month)", "BYMONTHDAY=\(pattern.dayOfMonth)"]
    case .relativeYearly:
      parts = ["FREQ=YEARLY", "BYMONTH=\(pattern.month)", "BYDAY=\(days)", "BYSETPOS=\(position)"]
    }
    parts.append("INTERVAL=\(pattern.interval)")
    switch range.end {
    case .never: break
    case .count(let count): parts.append("COUNT=\(count)")
    case .day(let last):
      let moved = (last.dayNumber - start.local.date.dayNumber) * 86_400
      let end = MeetingTime(local: start.local.adding(seconds: moved), zone: start.zone)
      let isAllDay = meeting.fields["isAllDay"] == true
      let stamp = CalendarText.stamp(end.instant, in: .gmt)
      parts.append("UNTIL=\(isAllDay ? last.graph.filter { $0 != "-" } : stamp + "Z")")
    }
    text = parts.joined(separator: ";")
  }
}
