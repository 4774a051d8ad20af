public import Foundation

/// A reminder: a VALARM (RFC 5545 §3.6.6, RFC 9074).
public struct AlarmComponent: CalendarComponent {
  /// "VALARM".
  public static let name = "VALARM"

  private var content: ComponentContent

  /// Makes a reminder that shows a text.
  public init(display text: String, trigger: Trigger) {
    content = ComponentContent()
    action = .display
    self.trigger = trigger
    description = text
  }

  /// Takes a VALARM as it was read.
  ///
  /// - Throws: `ICalendarError.unexpectedComponent` when it has another name.
  public init(component: Component) throws(ICalendarError) {
    content = try ComponentContent(component, Self.name)
  }

  /// The VALARM.
  public var component: Component { content.component(Self.name) }
  /// The lines, in the order in which they are written.
  public var propertyLines: [ContentLine] {
    get { content.lines }
    set { content.lines = newValue }
  }
  /// The components within it.
  public var parts: [Component] {
    get { content.parts }
    set { content.parts = newValue }
  }

  /// How it reminds (RFC 5545 §3.8.6.1).
  public struct Action: RawRepresentable, Sendable, Hashable {
    /// A sound.
    public static let audio = Action(rawValue: "AUDIO")
    /// A text.
    public static let display = Action(rawValue: "DISPLAY")
    /// A mail.
    public static let email = Action(rawValue: "EMAIL")

    /// The word in the property.
    public let rawValue: String

    /// Makes an action of one's own.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }
  }

  /// When it reminds (RFC 5545 §3.8.6.3).
  public enum Trigger: Sendable, Hashable {
    /// So long after the start, before it when negative.
    case fromStart(CalendarDuration)
    /// So long after the end, before it when negative.
    case fromEnd(CalendarDuration)
    /// At an instant.
    case at(Date)
  }

  /// How it reminds.
  public var action: Action {
    get { Action(rawValue: text(.action)?.uppercased() ?? "") }
    set { setText(.action, newValue.rawValue) }
  }

  /// When it reminds; nil when it is missing or cannot be read.
  public var trigger: Trigger? {
    get {
      guard let line = line(.trigger) else { return nil }
      if let duration = CalendarDuration(line.value) {
        return line.parameter("RELATED")?.uppercased() == "END" ? .fromEnd(duration) : .fromStart(duration)
      }
      return line.instant.map { .at($0) }
    }
    set {
      switch newValue {
      case .fromStart(let duration): setDuration(.trigger, duration)
      case .fromEnd(let duration): setDuration(.trigger, duration, [.init("RELATED", "END")])
      case .at(let instant): setTime(.trigger, CalendarTime(utc: instant))
      case nil: setTime(.trigger, nil)
      }
    }
  }

  /// The text that is shown, or the email's text.
  public var description: String? {
    get { text(.description) }
    set { setText(.description, newValue) }
  }

  /// The mail's subject.
  public var summary: String? {
    get { text(.summary) }
    set { setText(.summary, newValue) }
  }

  /// Who gets the mail.
  public var attendees: [Attendee] {
    get { lines(.attendee).map { Attendee($0) } }
    set { replace(.attendee, with: newValue.map(\.line)) }
  }

  /// How often it reminds again, each after `interval`.
  public var repeatCount: Int {
    get { max(integer(.repeat) ?? 0, 0) }
    set { setInteger(.repeat, newValue > 0 ? newValue : nil) }
  }

  /// The time from one reminder to the next.
  public var interval: CalendarDuration? {
    get { duration(.duration) }
    set { setDuration(.duration, newValue) }
  }

  /// The identifier, by which an alarm can be known again (RFC 9074 §4).
  public var uid: String? {
    get { text(.uid) }
    set { setText(.uid, newValue) }
  }

  /// The time at which a person last acknowledged the alarm (RFC 9074 §6.1).
  public var acknowledged: Date? {
    get { line(.acknowledged)?.instant }
    set { setTime(.acknowledged, newValue.map { CalendarTime(utc: $0) }) }
  }

  /// When it first reminds of something that takes place then; whole days begin at midnight in `zone`.
  public func firstInstant(for timing: EventTiming, in zone: Zone) -> Date? {
    switch trigger {
    case .at(let instant): instant
    case .fromStart(let duration):
      ZonedDateTime(instant: timing.startInstant(in: zone), zone: zone).adding(duration).instant
    case .fromEnd(let duration):
      ZonedDateTime(instant: timing.endInstant(in: zone), zone: zone).adding(duration).instant
    case nil: nil
    }
  }
}
