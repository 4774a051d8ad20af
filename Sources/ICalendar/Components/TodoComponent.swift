public import Foundation

/// A task: a VTODO (RFC 5545 §3.6.2).
public struct TodoComponent: RecurringComponent, AlarmHolder {
  /// "VTODO".
  public static let name = "VTODO"

  private var content: ComponentContent

  /// Makes a task.
  public init(uid: String, dtstamp: Date) {
    content = ComponentContent()
    self.uid = uid
    self.dtstamp = dtstamp
  }

  /// Takes a VTODO as it was read.
  ///
  /// - Throws: `ICalendarError.unexpectedComponent` when it has another name.
  public init(component: Component) throws(ICalendarError) {
    content = try ComponentContent(component, Self.name)
  }

  /// The VTODO.
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

  /// How far a task is (RFC 5545 §3.8.1.11).
  public enum Status: String, Sendable, Hashable, CaseIterable {
    /// Not begun.
    case needsAction = "NEEDS-ACTION"
    /// Done.
    case completed = "COMPLETED"
    /// Begun.
    case inProcess = "IN-PROCESS"
    /// Canceled.
    case cancelled = "CANCELLED"
  }

  /// The notes, as plain text.
  public var description: String? {
    get { text(.description) }
    set { setText(.description, newValue) }
  }

  /// The place.
  public var location: String? {
    get { text(.location) }
    set { setText(.location, newValue) }
  }

  /// When it must be done (DUE); nil where `duration` says so, or nothing.
  public var due: CalendarTime? {
    get { time(.due) }
    set { setTime(.due, newValue) }
  }

  /// How long it takes from its start (DURATION), which excludes `due`.
  public var duration: CalendarDuration? {
    get { duration(.duration) }
    set { setDuration(.duration, newValue) }
  }

  /// When it was done (RFC 5545 §3.8.2.1).
  public var completed: Date? {
    get { line(.completed)?.instant }
    set { setTime(.completed, newValue.map { CalendarTime(utc: $0) }) }
  }

  /// How much is done, 0…100.
  public var percentComplete: Int? {
    get { integer(.percentComplete) }
    set { setInteger(.percentComplete, newValue) }
  }

  /// How far it is; nil says nothing, or what is not known.
  public var status: Status? {
    get { text(.status).flatMap { Status(rawValue: $0.uppercased()) } }
    set { setText(.status, newValue?.rawValue) }
  }
}
