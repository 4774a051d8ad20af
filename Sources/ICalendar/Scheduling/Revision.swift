public import Foundation

/// How new a component is among others of the same UID and RECURRENCE-ID (RFC 5546 §2.1.5).
public struct Revision: Sendable, Hashable, Codable, Comparable {
  /// The organizer's count of changes that matter to attendees.
  public var sequence: Int
  /// When the message was written, which counts where `sequence` is the same.
  public var dtstamp: Date

  /// Makes a revision.
  public init(sequence: Int, dtstamp: Date) {
    self.sequence = sequence
    self.dtstamp = dtstamp
  }

  /// Orders revisions by `sequence`, then by `dtstamp`.
  public static func < (left: Revision, right: Revision) -> Bool {
    (left.sequence, left.dtstamp) < (right.sequence, right.dtstamp)
  }

  /// Whether a message about the whole event leaves nothing of one about an instance, because it was sent later.
  ///
  /// RFC 5546 §2.1.5 orders messages of the same RECURRENCE-ID only. Some organizers count each instance by itself, so
  /// that its SEQUENCE may be ahead of the event's or behind it, whichever was sent first.
  func replaces(instance: Revision) -> Bool {
    (dtstamp, sequence) > (instance.dtstamp, instance.sequence)
  }
}

extension EventComponent {
  /// How new the event is.
  public var revision: Revision { Revision(sequence: sequence, dtstamp: dtstamp) }

  /// The event as the next message has it: stamped, and with SEQUENCE raised when the change matters to attendees.
  ///
  /// - Parameters:
  ///   - previous: The event as attendees know it.
  ///   - now: When the message is written.
  /// - Returns: The event with SEQUENCE and DTSTAMP set (RFC 5546 §2.1.4).
  public func revised(from previous: EventComponent, at now: Date) -> EventComponent {
    var event = self
    event.dtstamp = now
    // A number that was read may be any.
    event.sequence = isReschedule(of: previous) ? min(previous.sequence, Int.max - 1) + 1 : previous.sequence
    return event
  }

  /// Whether attendees who said yes to `previous` have to be asked again.
  ///
  /// RFC 5546 §2.1.4 names the times, the recurrence and STATUS, and leaves the rest to the organizer; a new place is
  /// the example that it gives, and counts here.
  public func isReschedule(of previous: EventComponent) -> Bool {
    timing != previous.timing || Set(recurrence) != Set(previous.recurrence) || status != previous.status
      || location != previous.location
  }
}
