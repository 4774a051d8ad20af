import Foundation
import Testing

@testable import ICalendar

/// A message of one VEVENT or more, each given by its lines.
func message(
  _ method: String,
  _ events: [String]...,
  location: SourceLocation = #_sourceLocation
) throws -> SchedulingMessage {
  let bodies = events.flatMap { ["BEGIN:VEVENT"] + $0 + ["END:VEVENT"] }
  let lines =
    ["BEGIN:VCALENDAR", "PRODID:-//Example/ExampleCalendarClient//EN", "METHOD:\(method)", "VERSION:2.0"]
    + bodies
    + ["END:VCALENDAR", ""]
  return try SchedulingMessage.parse(Array(lines.joined(separator: "\r\n").utf8))
}

extension ScheduledEvent {
  /// The event that a message creates where there was none.
  init(from message: SchedulingMessage, for recipient: String = "b@example.com") throws {
    let uid = try #require(message.events.first?.property("UID")?.text)
    self = ScheduledEvent(uid: uid).receiving(message, for: [recipient]).event
  }

  /// Receives a message for one recipient and gives the only outcome.
  mutating func receive(
    _ message: SchedulingMessage,
    for recipient: String = "b@example.com",
    from sender: String? = nil
  ) throws -> SchedulingOutcome {
    let reception = receiving(message, for: [recipient], from: sender)
    self = reception.event
    try #require(reception.outcomes.count == 1)
    return reception.outcomes[0]
  }

  func status(of address: String, at instance: RecurrenceID? = nil) -> Attendee.ParticipationStatus? {
    let event = instance.map { self.event(at: $0) } ?? series
    return event?.attendees.first { $0.user.address.lowercased() == address }?.participationStatus
  }
}

func instance(_ text: String, includesFollowing: Bool = false) throws -> RecurrenceID {
  RecurrenceID(.zoned(try time(text)), includesFollowing: includesFollowing)
}

/// The examples of RFC 5546 §4.2, with the names of its §4: A invites B, C, D, a room and E.
enum GroupExample {
  static let uid = "UID:calsrv.example.com-873970198738777@example.com"

  /// §4.2.1.
  static let request = [
    "ORGANIZER:mailto:a@example.com",
    "ATTENDEE;ROLE=CHAIR;PARTSTAT=ACCEPTED;CN=A:mailto:a@example.com",
    "ATTENDEE;RSVP=TRUE;CUTYPE=INDIVIDUAL;CN=B:mailto:b@example.com",
    "ATTENDEE;RSVP=TRUE;CUTYPE=INDIVIDUAL;CN=C:mailto:c@example.com",
    "ATTENDEE;RSVP=TRUE;CUTYPE=INDIVIDUAL;CN=Hal:mailto:d@example.com",
    "ATTENDEE;RSVP=FALSE;CUTYPE=ROOM:mailto:conf_big@example.com",
    "ATTENDEE;ROLE=NON-PARTICIPANT;RSVP=FALSE:mailto:e@example.com",
    "DTSTAMP:19970611T190000Z", "DTSTART:19970701T200000Z", "DTEND:19970701T210000Z", "SUMMARY:Conference",
    uid,
    "SEQUENCE:0", "STATUS:CONFIRMED",
  ]

  /// §4.2.2.
  static func reply(_ attendee: String, sequence: Int = 0, dtstamp: String = "19970612T190000Z") -> [String] {
    [
      "ATTENDEE;\(attendee)", "ORGANIZER:mailto:A@example.com", uid, "SEQUENCE:\(sequence)",
      "REQUEST-STATUS:2.0;Success", "DTSTAMP:\(dtstamp)",
    ]
  }

  /// §4.2.3: an earlier start.
  static let update =
    request.filter { !$0.hasPrefix("DT") && !$0.hasPrefix("SEQUENCE") } + [
      "DTSTART:19970701T180000Z", "DTEND:19970701T190000Z", "DTSTAMP:19970613T190000Z", "SEQUENCE:1",
    ]

  /// §4.2.4: B proposes another place.
  static let counter = [
    "ORGANIZER:mailto:a@example.com", "ATTENDEE;ROLE=CHAIR;PARTSTAT=ACCEPTED:mailto:a@example.com",
    "ATTENDEE;RSVP=TRUE;CUTYPE=INDIVIDUAL;CN=B:mailto:b@example.com", "DTSTART:19970701T160000Z",
    "DTEND:19970701T190000Z", "DTSTAMP:19970612T190000Z",
    "SUMMARY:Discuss the Merits of the election results",
    "LOCATION:Green Conference Room",
    "COMMENT:This time works much better and I think the big conference room is too big",
    uid, "SEQUENCE:0",
  ]

  /// §4.2.4: A does not accept it.
  static let declineCounter = [
    "ORGANIZER:mailto:a@example.com", "ATTENDEE;RSVP=TRUE;CUTYPE=INDIVIDUAL:mailto:b@example.com",
    "COMMENT:Sorry\\, I cannot change this meeting time", uid, "SEQUENCE:0", "DTSTAMP:19970614T190000Z",
  ]

  /// §4.2.9.
  static let cancel = [
    "ORGANIZER:mailto:a@example.com", "ATTENDEE;CUTYPE=INDIVIDUAL:mailto:a@example.com",
    "ATTENDEE;CUTYPE=INDIVIDUAL:mailto:b@example.com", "ATTENDEE;CUTYPE=INDIVIDUAL:mailto:c@example.com",
    "ATTENDEE;CUTYPE=INDIVIDUAL:mailto:d@example.com",
    "COMMENT:Mr. B cannot attend. It's raining. Lets cancel.", uid, "SEQUENCE:1", "STATUS:CANCELLED",
    "DTSTAMP:19970613T190000Z",
  ]

  /// §4.2.10: B is removed.
  static let removal = [
    "ORGANIZER:mailto:a@example.com", "ATTENDEE:mailto:b@example.com",
    "COMMENT:You're off the hook for this meeting", uid, "DTSTAMP:19970613T193000Z", "SEQUENCE:1",
  ]
}

/// The examples of RFC 5546 §4.4: a monthly call.
enum SeriesExample {
  static let attendees = [
    "ORGANIZER:mailto:a@example.com", "ATTENDEE;ROLE=CHAIR;PARTSTAT=ACCEPTED:mailto:a@example.com",
    "ATTENDEE:mailto:b@example.com", "ATTENDEE:mailto:c@example.com", "ATTENDEE:mailto:d@example.com",
  ]
  private static let texts = [
    "DESCRIPTION:IETF-C&S Conference Call", "CLASS:PUBLIC", "SUMMARY:IETF Calendaring Working Group Meeting",
    "LOCATION:Conference Call", "STATUS:CONFIRMED",
  ]

  /// §4.4.2.
  static let request =
    [
      "UID:guid-1@example.com", "SEQUENCE:0", "RRULE:FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=19980901T210000Z",
      "DTSTART:19970601T210000Z", "DTEND:19970601T220000Z", "DTSTAMP:19970526T083000Z",
    ] + attendees + texts

  /// §4.4.2: the July instance on another day.
  static let moved =
    [
      "UID:guid-1@example.com", "RECURRENCE-ID:19970701T210000Z", "SEQUENCE:1", "DTSTART:19970703T210000Z",
      "DTEND:19970703T220000Z", "DTSTAMP:19970626T093000Z",
    ] + attendees + texts

  /// §4.4.3: no call in August.
  static let cancelled =
    [
      "UID:guid-1@example.com", "RECURRENCE-ID:19970801T210000Z", "SEQUENCE:2", "STATUS:CANCELLED",
      "DTSTAMP:19970721T093000Z",
    ] + attendees

  /// §4.4.4: all calls are canceled.
  static let allCancelled =
    ["UID:guid-1@example.com", "DTSTAMP:19970721T103000Z", "STATUS:CANCELLED", "SEQUENCE:3"] + attendees

  /// §4.4.5: a new rule, and one instance at another time.
  static let changed =
    [
      "UID:guid-1@example.com", "SEQUENCE:3", "RRULE:FREQ=MONTHLY;BYMONTHDAY=15",
      "DTSTART:19970715T210000Z", "DTEND:19970715T220000Z", "DTSTAMP:19970721T093000Z",
    ] + attendees + texts

  /// §4.4.6: an additional call, as the RFC adds a review to a list.
  static let addition =
    [
      "UID:guid-1@example.com", "SEQUENCE:4", "DTSTART:19970820T180000Z", "DTEND:19970820T200000Z",
      "DTSTAMP:19970807T193000Z",
    ] + attendees + texts

  /// §4.4.9: C proposes a later hour for one instance.
  static let counter =
    [
      "UID:guid-1@example.com", "RECURRENCE-ID:19970701T210000Z", "SEQUENCE:0", "DTSTART:19970701T220000Z",
      "DTEND:19970701T230000Z", "DTSTAMP:19970629T094000Z",
      "COMMENT:May we bump this by an hour? I have a conflict",
    ] + attendees + texts
}
