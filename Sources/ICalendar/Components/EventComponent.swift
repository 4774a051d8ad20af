public import Foundation

/// An event: a VEVENT (RFC 5545 §3.6.1).
public struct EventComponent: Sendable, Hashable {
  /// The identifier that stays the same in all calendars.
  public var uid: String
  /// When this version was written; in a message, when it was sent (RFC 5545 §3.8.7.2).
  public var dtstamp: Date
  /// The number of the organizer's revision (RFC 5545 §3.8.7.4).
  public var sequence: Int
  /// When the event takes place.
  public var timing: EventTiming
  /// The title.
  public var summary: String? {
    get { summaryText?.text }
    set { summaryText = newValue.map { DeferredText($0) } }
  }
  /// The notes, as plain text.
  public var description: String? {
    get { descriptionText?.text }
    set { descriptionText = newValue.map { DeferredText($0) } }
  }
  /// The place.
  public var location: String? {
    get { locationText?.text }
    set { locationText = newValue.map { DeferredText($0) } }
  }
  /// A page about the event.
  public var url: String?
  /// Where to join by video (CONFERENCE, RFC 7986 §5.11); written as URL as well when that is free.
  public var conferenceLink: String?
  /// How firmly the event stands.
  public var status: EventStatus
  /// Whether the event makes one busy; nil says nothing, which means busy.
  public var transparency: Transparency?
  /// Who asks to the event.
  public var organizer: CalendarUser?
  /// Who is asked.
  public var attendees: [Attendee]
  /// RRULE, RDATE and EXDATE lines as they were written; see `setRecurrence(_:)`.
  public private(set) var recurrence: [String]
  /// When the event was first made.
  public var created: Date?
  /// When the event was last changed.
  public var lastModified: Date?
  /// Properties that have no place above, kept as they were read.
  public var otherProperties: [ContentLine]
  /// Components within the event, such as alarms, kept as they were read.
  public var otherComponents: [Component]
  var summaryText: DeferredText?
  var descriptionText: DeferredText?
  var locationText: DeferredText?
  /// The parts of the lines as they were read that the properties above do not tell.
  var asRead = LinesAsRead()
  /// Zones that only the file defines, and that lines of the event name beside DTSTART and DTEND.
  var fileZones: [Zone] = []

  /// Makes an event; what is not given is empty.
  public init(
    uid: String,
    dtstamp: Date,
    sequence: Int = 0,
    timing: EventTiming,
    summary: String? = nil,
    description: String? = nil,
    location: String? = nil,
    url: String? = nil,
    conferenceLink: String? = nil,
    status: EventStatus = .confirmed,
    transparency: Transparency? = nil,
    organizer: CalendarUser? = nil,
    attendees: [Attendee] = [],
    created: Date? = nil,
    lastModified: Date? = nil
  ) {
    self.uid = uid
    self.dtstamp = dtstamp
    self.sequence = sequence
    self.timing = timing
    summaryText = summary.map { DeferredText($0) }
    descriptionText = description.map { DeferredText($0) }
    locationText = location.map { DeferredText($0) }
    self.url = url
    self.conferenceLink = conferenceLink
    self.status = status
    self.transparency = transparency
    self.organizer = organizer
    self.attendees = attendees
    self.created = created
    self.lastModified = lastModified
    recurrence = []
    otherProperties = []
    otherComponents = []
  }

  /// Makes the event repeat by content lines such as "RRULE:FREQ=WEEKLY".
  ///
  /// - Parameter lines: Single, unfolded RRULE, RDATE, EXDATE or EXRULE lines.
  /// - Throws: `ICalendarError.invalid` when a line is anything else.
  public mutating func setRecurrence(_ lines: [String]) throws(ICalendarError) {
    for line in lines {
      guard line.withoutControls == line,
        let property = try ContentLine.read(Array(line.utf8), limits: .default),
        Self.recurrenceNames.contains(property.name), !property.value.isEmpty
      else { throw .invalid(property: "RRULE") }
    }
    recurrence = lines
  }

  static let recurrenceNames: Set<String> = ["RRULE", "RDATE", "EXDATE", "EXRULE"]

  mutating func keepRecurrence(_ lines: [ContentLine]) {
    recurrence = lines.map { line in
      // A line that was read is in its one form already, save for letter case.
      let name = line.name
      let upper = name.uppercased()
      guard name != upper else { return line.description }
      return upper + line.decoded(line.nameRange.upperBound..<line.range.upperBound)
    }
  }
}

extension EventComponent: PropertyHolder, AlarmHolder {
  /// The properties that have no place of their own; see `otherProperties`.
  public var propertyLines: [ContentLine] {
    get { otherProperties }
    set { otherProperties = newValue }
  }

  /// The components within the event; see `otherComponents`.
  public var parts: [Component] {
    get { otherComponents }
    set { otherComponents = newValue }
  }
}
