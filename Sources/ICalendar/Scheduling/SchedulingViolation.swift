/// Where a message is not as its method wants it (RFC 5546 §3.2).
public struct SchedulingViolation: Sendable, Hashable, CustomStringConvertible {
  /// The property or component in question, in upper case.
  public let name: String
  /// The problem with it.
  public let problem: Problem
  /// Which of the message's events it is, counted from 0; nil for the message as a whole.
  public let event: Int?
  /// The section of RFC 5546, such as "3.2.2".
  public let section: String

  /// The problems that a property or component can have.
  public enum Problem: String, Sendable, Hashable, CaseIterable {
    /// It must be there.
    case missing
    /// It must not be there.
    case forbidden
    /// It is there more often than it may be.
    case repeated
    /// Its value is none that it may have here.
    case invalid
    /// It must be the same in all events of the message.
    case different
    /// It excludes another property that is there too.
    case conflicting
  }

  /// The violation in words, such as "ATTENDEE of event 0 is missing (RFC 5546 §3.2.2)".
  public var description: String {
    let place = event.map { " of event \($0)" } ?? ""
    return "\(name)\(place) is \(problem.rawValue) (RFC 5546 §\(section))"
  }
}
