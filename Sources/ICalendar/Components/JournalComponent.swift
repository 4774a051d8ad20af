public import Foundation

/// A note for a day: a VJOURNAL (RFC 5545 §3.6.3).
public struct JournalComponent: RecurringComponent {
  /// "VJOURNAL".
  public static let name = "VJOURNAL"

  private var content: ComponentContent

  /// Makes an entry.
  public init(uid: String, dtstamp: Date) {
    content = ComponentContent()
    self.uid = uid
    self.dtstamp = dtstamp
  }

  /// Takes a VJOURNAL as it was read.
  ///
  /// - Throws: `ICalendarError.unexpectedComponent` when it has another name.
  public init(component: Component) throws(ICalendarError) {
    content = try ComponentContent(component, Self.name)
  }

  /// The VJOURNAL.
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

  /// The status of an entry (RFC 5545 §3.8.1.11).
  public enum Status: String, Sendable, Hashable, CaseIterable {
    /// It may still change.
    case draft = "DRAFT"
    /// It stands.
    case final = "FINAL"
    /// It was taken back.
    case cancelled = "CANCELLED"
  }

  /// The notes, of which an entry may have several.
  public var descriptions: [String] {
    get { texts(.description) }
    set { setTextLines(.description, newValue) }
  }

  /// The status; nil says nothing, or a status that is not known.
  public var status: Status? {
    get { text(.status).flatMap { Status(rawValue: $0.uppercased()) } }
    set { setText(.status, newValue?.rawValue) }
  }
}
