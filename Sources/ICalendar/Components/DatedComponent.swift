public import Foundation

/// The properties that tasks, journal entries and free-busy times have in common (RFC 5545 §3.6).
public protocol DatedComponent: CalendarComponent {}

extension DatedComponent {
  /// The identifier that stays the same in all calendars; empty where it is missing.
  public var uid: String {
    get { text(.uid) ?? "" }
    set { setText(.uid, newValue) }
  }

  /// When this version was written (RFC 5545 §3.8.7.2).
  public var dtstamp: Date? {
    get { line(.dtstamp)?.instant }
    set { setTime(.dtstamp, newValue.map { CalendarTime(utc: $0) }) }
  }

  /// When it begins.
  public var start: CalendarTime? {
    get { time(.dtstart) }
    set { setTime(.dtstart, newValue) }
  }

  /// Which instance of a repeating component this is: its original start (RFC 5545 §3.8.4.4).
  public var originalStart: CalendarTime? {
    get { time(.recurrenceID) }
    set { setTime(.recurrenceID, newValue) }
  }

  /// The title.
  public var summary: String? {
    get { text(.summary) }
    set { setText(.summary, newValue) }
  }

  /// A page about it.
  public var url: String? {
    get { uri(.url) }
    set { setURI(.url, newValue) }
  }

  /// The number of the organizer's revision (RFC 5545 §3.8.7.4).
  public var sequence: Int {
    get { max(integer(.sequence) ?? 0, 0) }
    set { setInteger(.sequence, newValue) }
  }

  /// Who asks.
  public var organizer: CalendarUser? {
    get { line(.organizer).map { CalendarUser($0) } }
    set { setUser(.organizer, newValue) }
  }

  /// Who is asked.
  public var attendees: [Attendee] {
    get { lines(.attendee).map { Attendee($0) } }
    set { replace(.attendee, with: newValue.map(\.line)) }
  }

  /// When it was first made.
  public var created: Date? {
    get { line(.created)?.instant }
    set { setTime(.created, newValue.map { CalendarTime(utc: $0) }) }
  }

  /// When it was last changed.
  public var lastModified: Date? {
    get { line(.lastModified)?.instant }
    set { setTime(.lastModified, newValue.map { CalendarTime(utc: $0) }) }
  }
}

/// Something that reminds: an event or a task.
public protocol AlarmHolder {
  /// The components within it.
  var parts: [Component] { get set }
}

extension AlarmHolder {
  /// The reminders (RFC 5545 §3.6.6).
  public var alarms: [AlarmComponent] {
    get { parts.parts() }
    set { parts.replaceParts(with: newValue) }
  }
}
