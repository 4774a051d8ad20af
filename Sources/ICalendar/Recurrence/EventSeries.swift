/// An event that repeats, with the instances that were changed (RFC 5545 §3.8.4.4).
///
/// `master` is the VEVENT that has the rules, `overrides` are those of the same UID with a RECURRENCE-ID. An override
/// with RANGE=THISANDFUTURE also gives its content to the instances after it, and moves them by as much on the clock as
/// itself; the latest before an instance counts, and an instance's own override before that.
///
/// An override whose RECURRENCE-ID is no instance of the set, or was excluded, is an instance all the same: nobody's
/// meeting is lost because two lines disagree.
public struct EventSeries: Sendable {
  /// The events of the series, which its instances share.
  let plan: SeriesPlan

  /// The event with the rules.
  public var master: EventComponent { plan.master }
  /// The changed instances, in the order of their identifiers.
  public var overrides: [EventComponent] { plan.overrides }
  /// When the event takes place, changes apart.
  public var recurrenceSet: RecurrenceSet { plan.recurrenceSet }

  /// The identifiers of `overrides`, as instances of the set.
  var ids: [Occurrence] { plan.ids }
  var ranges: [Int] { plan.ranges }

  /// Makes a series.
  ///
  /// - Parameters:
  ///   - master: The event with the rules.
  ///   - overrides: Changed instances; those without a readable RECURRENCE-ID are left out, and of two with the same
  ///     the one with the higher SEQUENCE, then the later, stays.
  public init(master: EventComponent, overrides: [EventComponent] = []) {
    plan = SeriesPlan(master: master, overrides: overrides)
  }

  /// All of it as it is stored: the master, then the overrides.
  public var events: [EventComponent] { [master] + overrides }

  /// The event that an instance is: with its time and its RECURRENCE-ID, and without rules.
  public func event(for instance: EventInstance) -> EventComponent {
    var event = instance.overrideIndex.map { overrides[$0] } ?? master
    event.timing = instance.timing
    event.typedRecurrence = EventRecurrence()
    event.recurrenceID = RecurrenceID(instance.id)
    return event
  }

  func override(at occurrence: Occurrence) -> Int? {
    plan.indexBySecond.isEmpty ? nil : plan.indexBySecond[occurrence.second]
  }

  /// The override for following instances that counts at an instance.
  func range(at second: Int) -> Int? {
    plan.ranges.isEmpty ? nil : plan.ranges.last { plan.ids[$0].second <= second }
  }

  /// The instance of an occurrence; the cursor is of the zone of the series.
  func instance(_ occurrence: Occurrence, _ cursor: inout ZoneCursor) -> EventInstance {
    if let index = override(at: occurrence) ?? range(at: occurrence.second) {
      return EventInstance(occurrence, of: self, override: index)
    }
    var endsByClock = false
    if plan.hasOneClock {
      let (second, isSkipped) = cursor.resolve(occurrence.wall + plan.length)
      endsByClock = !isSkipped && second == occurrence.second + plan.length
    }
    return EventInstance(occurrence, of: self, override: nil, endsByClock: endsByClock)
  }

  /// When an instance takes place that an override is for, by itself or as one of those that follow.
  func timing(of occurrence: Occurrence, overriddenBy index: Int) -> EventTiming {
    plan.ids[index].second == occurrence.second
      ? plan.overrides[index].timing : moved(occurrence, by: index)
  }

  /// When an instance takes place that nobody has changed; with `endsByClock` its end is known to be as far from the start
  /// on the clock as it is in time.
  func timing(of occurrence: Occurrence, endsByClock: Bool) -> EventTiming {
    let start = occurrence.time(like: plan.start)
    switch (start, ownEnd(of: occurrence)) {
    case (_, nil): break
    case (.zoned(let first), .zoned(let last)?): return .timed(start: first, end: last)
    case (.zoned(let first), .floating(let last)?):
      return .timed(start: first, end: ZonedDateTime(local: last, zone: first.zone))
    case (.date(let first), let end?):
      return .allDay(start: first, end: Swift.max(end.local.date, first.adding(days: 1)))
    default: break
    }
    if endsByClock, case .zoned(let first) = start {
      let local = first.local.adding(seconds: plan.length)
      return .timed(start: first, end: ZonedDateTime(local: local, zone: first.zone, knownSecondPass: false))
    }
    return plan.timing.moved(to: start)
  }

  /// The end of an RDATE that has a length of its own.
  func ownEnd(of occurrence: Occurrence) -> RecurrenceTime? {
    occurrence.dateIndex < 0 ? nil : plan.recurrenceSet.dates[Int(occurrence.dateIndex)].end
  }

  /// An instance moved by as much as an override for following instances is moved from its own identifier.
  func moved(_ occurrence: Occurrence, by index: Int) -> EventTiming {
    let (change, id) = (overrides[index].timing, ids[index])
    switch change {
    case .allDay(let start, _):
      let days = start.dayNumber - id.date.dayNumber
      return change.moved(to: .date(occurrence.date.adding(days: days)))
    case .timed(let start, _):
      // By what that clock shows: a meeting moved from 9 to 10 is at 10 in summer and winter.
      func wall(_ occurrence: Occurrence) -> Int {
        recurrenceSet.start.zone == nil || recurrenceSet.start.zone == start.zone
          ? occurrence.wall : occurrence.second + start.zone.offset(atSecond: occurrence.second)
      }
      let local = LocalDateTime(
        nominalSeconds: wall(occurrence) + start.local.nominalSeconds - wall(id)
      )
      return change.moved(to: .zoned(ZonedDateTime(local: local, zone: start.zone)))
    }
  }
}

extension EventSeries: Hashable {
  /// Whether both have the same events.
  public static func == (left: EventSeries, right: EventSeries) -> Bool {
    left.plan === right.plan || left.master == right.master && left.overrides == right.overrides
  }

  /// Hashes the events.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(master)
    hasher.combine(overrides)
  }
}

/// The events of a series, and what is known of them once; an instance holds on to it.
final class SeriesPlan: Sendable {
  let master: EventComponent
  /// In the order of their identifiers.
  let overrides: [EventComponent]
  let recurrenceSet: RecurrenceSet
  /// The identifiers of `overrides`, as instances of the set.
  let ids: [Occurrence]
  /// Which overrides are for following instances too.
  let ranges: [Int]
  let indexBySecond: [Int: Int]
  /// When the master takes place, and when the set begins.
  let timing: EventTiming
  let start: RecurrenceTime
  /// Days of an event of whole days, seconds of another.
  let length: Int
  /// Whether the master begins and ends on the clock of one zone.
  let hasOneClock: Bool

  init(master: EventComponent, overrides: [EventComponent]) {
    let set = master.recurrenceSet
    var latest: [Int: (id: Occurrence, event: EventComponent)] = [:]
    for event in overrides {
      guard let id = event.recurrenceID else { continue }
      let occurrence = set.occurrence(of: id.time)
      if let other = latest[occurrence.second], other.event.sequence > event.sequence { continue }
      latest[occurrence.second] = (occurrence, event)
    }
    let sorted = latest.values.sorted { $0.id.second < $1.id.second }
    self.master = master
    self.overrides = sorted.map(\.event)
    recurrenceSet = set
    timing = master.timing
    start = set.start
    length = master.timing.length
    if case .timed(let start, let end) = master.timing {
      hasOneClock = start.zone == end.zone
    } else {
      hasOneClock = false
    }
    ids = sorted.map(\.id)
    ranges = sorted.indices.filter { sorted[$0].event.recurrenceID?.includesFollowing == true }
    indexBySecond = Dictionary(uniqueKeysWithValues: sorted.indices.map { (sorted[$0].id.second, $0) })
  }
}

extension EventSeries: Sequence {
  /// Starts with the first instance; in the order of identifiers, so that a moved one is where it was.
  public func makeIterator() -> EventSeriesIterator { EventSeriesIterator(self) }
}

/// Goes through the instances of an `EventSeries`.
public struct EventSeriesIterator: IteratorProtocol {
  /// Whether looking for further instances was given up.
  public var reachedLimit: Bool { occurrences.reachedLimit }

  private let series: EventSeries
  private var occurrences: RecurrenceIterator
  private var head: Occurrence?
  private var nextOverride = 0
  private var cursor: ZoneCursor

  init(_ series: EventSeries) {
    self.series = series
    occurrences = series.recurrenceSet.makeIterator()
    cursor = ZoneCursor(series.recurrenceSet.start.zone)
    head = occurrences.next()
  }

  /// The next instance; nil at the end, or when `reachedLimit`.
  public mutating func next() -> EventInstance? {
    // Overrides that are no instance of the set come in between.
    if nextOverride < series.ids.count {
      let id = series.ids[nextOverride]
      if head.map({ id.second <= $0.second }) ?? true {
        nextOverride += 1
        if head?.second == id.second { head = occurrences.next() }
        return series.instance(id, &cursor)
      }
    }
    guard let occurrence = head else { return nil }
    head = occurrences.next()
    return series.instance(occurrence, &cursor)
  }
}
