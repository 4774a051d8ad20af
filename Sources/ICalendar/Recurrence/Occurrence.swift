public import Foundation

/// One instance of a `RecurrenceSet`: what the clock shows, and when that is.
public struct Occurrence: Sendable, Hashable {
  /// Seconds since 1970 on the wall clock of DTSTART's zone.
  let wall: Int
  /// Seconds since 1970 UTC; the same as `wall` for days and floating times.
  let second: Int
  /// Which of the set's `dates` it comes from; −1 for a rule's.
  var dateIndex: Int32 = -1
  /// Whether the clock skips this time, so that the instance is later on the clock than it should be.
  ///
  /// RFC 5545 §3.3.5 has the offset before the gap apply; §3.3.10 would leave the instance out.
  public let isShifted: Bool
  /// Whether the clock shows this time twice, and this is the later; only DTSTART and RDATE can say so.
  let isSecondPass: Bool

  init(
    wall: Int,
    second: Int,
    dateIndex: Int32 = -1,
    isShifted: Bool = false,
    isSecondPass: Bool = false
  ) {
    self.wall = wall
    self.second = second
    self.dateIndex = dateIndex
    self.isShifted = isShifted
    self.isSecondPass = isSecondPass
  }

  /// The time on the clock in DTSTART's zone; midnight for a whole day.
  public var local: LocalDateTime { LocalDateTime(nominalSeconds: wall) }

  /// The day.
  public var date: CalendarDate { CalendarDate(dayNumber: RuleIterator.floor(wall, 86_400)) }

  /// The instant; days and floating times are taken for UTC.
  public var instant: Date { Date(timeIntervalSince1970: TimeInterval(second)) }
}
