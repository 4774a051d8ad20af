import Foundation

/// When an event takes place: DTSTART and what RRULE, RDATE and EXDATE add and take away (RFC 5545 §3.8.5).
///
/// A sequence of its instances in order of time, each counted when it is asked for. Rules are expanded on the wall
/// clock of DTSTART's zone, and each instance is then resolved by itself, so that a shift is never carried on. Where two
/// wall clocks come to one instant there is one occurrence.
///
/// DTSTART is always the first instance, also where no rule makes it, and counts in COUNT (§3.3.10); only EXDATE can
/// take it away.
public struct RecurrenceSet: Sendable, Hashable {
  /// The first instance.
  public var start: RecurrenceTime
  /// RRULE.
  public var rules: [RecurrenceRule]
  /// RDATE.
  public var dates: [RecurrenceDate]
  /// EXDATE: times are matched by instant, a day takes away all instances on it.
  public var exclusions: [RecurrenceTime]
  /// EXRULE, which RFC 2445 had and RFC 5545 no longer has.
  public var exclusionRules: [RecurrenceRule]
  /// How long is looked for instances.
  public var limits: RecurrenceLimits

  /// Makes a set; what is not given is empty.
  public init(
    start: RecurrenceTime,
    rules: [RecurrenceRule] = [],
    dates: [RecurrenceDate] = [],
    exclusions: [RecurrenceTime] = [],
    exclusionRules: [RecurrenceRule] = [],
    limits: RecurrenceLimits = .default
  ) {
    self.start = start
    self.rules = rules
    self.dates = dates
    self.exclusions = exclusions
    self.exclusionRules = exclusionRules
    self.limits = limits
  }

  /// Whether the set never ends by itself.
  public var isEndless: Bool { rules.contains { $0.end == .never } }

  /// The start of an instance in DTSTART's form and zone, as RECURRENCE-ID has it (RFC 5545 §3.8.4.4).
  public func time(of occurrence: Occurrence) -> RecurrenceTime { occurrence.time(like: start) }

  /// A time of any form as an instance of this set: what DTSTART's clock shows then.
  func occurrence(of time: RecurrenceTime, dateIndex: Int32 = -1) -> Occurrence {
    let local = time.local.nominalSeconds
    switch (start, time) {
    case (.date, _):
      let midnight = RuleIterator.floor(local, 86_400) * 86_400
      return Occurrence(wall: midnight, second: midnight, dateIndex: dateIndex)
    case (_, .date):
      // A day in a list of times means DTSTART's time on it.
      let wall = local + start.wall - RuleIterator.floor(start.wall, 86_400) * 86_400
      return occurrence(of: .floating(LocalDateTime(nominalSeconds: wall)), dateIndex: dateIndex)
    case (.floating, _):
      return Occurrence(wall: local, second: local, dateIndex: dateIndex)
    case (.zoned(let first), .floating):
      var cursor = ZoneCursor(first.zone)
      let (second, isShifted) = cursor.resolve(local)
      return Occurrence(wall: local, second: second, dateIndex: dateIndex, isShifted: isShifted)
    case (.zoned(let first), .zoned(let given)):
      let second = local - given.offset
      let isShifted: Bool
      if case .skipped = given.zone.reading(of: given.local) { isShifted = true } else { isShifted = false }
      if first.zone == given.zone {
        return Occurrence(
          wall: local,
          second: second,
          dateIndex: dateIndex,
          isShifted: isShifted,
          isSecondPass: given.isSecondPass
        )
      }
      let shown = ZonedDateTime(instant: Date(timeIntervalSince1970: TimeInterval(second)), zone: first.zone)
      return Occurrence(
        wall: second + first.zone.offset(atSecond: second),
        second: second,
        dateIndex: dateIndex,
        isShifted: isShifted,
        isSecondPass: shown.isSecondPass
      )
    }
  }
}

extension Occurrence {
  /// The time in the form and zone of DTSTART, of whose set it is an instance.
  func time(like start: RecurrenceTime) -> RecurrenceTime {
    switch start {
    case .date: .date(date)
    case .floating: .floating(local)
    case .zoned(let time):
      .zoned(ZonedDateTime(local: local, zone: time.zone, knownSecondPass: isSecondPass))
    }
  }
}

extension RecurrenceSet: Sequence {
  /// Starts with the first instance.
  public func makeIterator() -> RecurrenceIterator {
    RecurrenceIterator(self, InstantSpan())
  }
}
