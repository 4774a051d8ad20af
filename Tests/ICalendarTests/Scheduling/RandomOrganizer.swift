import Foundation
import TestSupport

@testable import ICalendar

/// An organizer who changes a weekly meeting again and again, and tells the attendees each time.
struct RandomOrganizer {
  /// How SEQUENCE is counted.
  enum Counting: CaseIterable {
    /// For all messages about the event.
    case together
    /// For each instance by itself, from the series' own when it is first changed.
    case apart
  }

  private(set) var messages: [SchedulingMessage] = []
  /// The instances that were ever spoken of.
  private(set) var instances: Set<RecurrenceID> = []
  private let counting: Counting
  private var random: SeededRandom
  private var series: EventComponent
  private var overrides: [RecurrenceID: EventComponent] = [:]
  private var now: Date
  private var last = 0
  private var counts: [RecurrenceID: Int] = [:]

  init(seed: UInt64, counting: Counting, changes: Int) throws {
    random = SeededRandom(seed: seed)
    self.counting = counting
    series = try meeting()
    series.organizer = CalendarUser(address: "ann@example.com")
    series.attendees = ["bob", "cid", "dan", "eve"].map {
      Attendee(user: CalendarUser(address: "\($0)@example.com"))
    }
    try series.setRecurrence(["RRULE:FREQ=WEEKLY"])
    now = series.dtstamp
    messages.append(try .request(for: [series]))
    for _ in 0..<changes { try change() }
  }

  private mutating func change() throws {
    now += TimeInterval(Int.random(in: 1...5000, using: &random))
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<3: try changeSeries(keepingInstances: true)
    case 3..<5: try changeSeries(keepingInstances: false)
    case 5..<10: try changeInstance()
    case 10..<13: try cancelInstance()
    case 13: try end()
    case 14..<16: try add()
    case 16..<18: try uninvite()
    case 18: try cancelAll()
    default: try changeDetails()
    }
  }

  private mutating func stamped(_ event: EventComponent) -> EventComponent {
    var event = event
    switch counting {
    case .together:
      last += 1
      event.sequence = last
    case .apart:
      event.sequence += 1
      if let instance = event.recurrenceID {
        event.sequence = max(event.sequence, (counts[instance] ?? 0) + 1)
        counts[instance] = event.sequence
      }
    }
    event.dtstamp = now
    return event
  }

  /// An instance of the series as it stands.
  private mutating func instance() throws -> RecurrenceID {
    let week = Int.random(in: 0..<6, using: &random)
    guard case .timed(let start, _) = series.timing else { throw CancellationError() }
    let local = start.local.adding(seconds: week * 7 * 86_400)
    let instance = RecurrenceID(.zoned(ZonedDateTime(local: local, zone: start.zone)))
    instances.insert(instance)
    return instance
  }

  private mutating func changeSeries(keepingInstances: Bool) throws {
    let hour = Int.random(in: 8...17, using: &random)
    let day = Int.random(in: 26...30, using: &random)
    if keepingInstances {
      series.summary = "Planning at \(hour)"
    } else {
      series.timing = try meeting(
        from: "2026-01-\(day)T\(padded(hour, 2)):00:00 Europe/Berlin",
        to: "2026-01-\(day)T\(padded(hour + 1, 2)):00:00 Europe/Berlin"
      ).timing
      try series.setRecurrence(["RRULE:FREQ=WEEKLY"])
      overrides = [:]
    }
    series.status = .confirmed
    series = stamped(series)
    let sent = overrides.values.sorted { $0.sequence < $1.sequence }.map { override in
      var override = override
      // Some organizers stamp all that they send, others what they changed.
      if counting == .together { override.dtstamp = now }
      return override
    }
    messages.append(try .request(for: [series] + sent.filter { $0.status != .cancelled }))
    for instance in overrides.keys where overrides[instance]?.status == .cancelled {
      series.exclude([instance])
      overrides[instance] = nil
    }
  }

  private mutating func changeDetails() throws {
    series.location = "Room \(Int.random(in: 1...99, using: &random))"
    series.dtstamp = now
    let sent = overrides.values.filter { $0.status != .cancelled }
    messages.append(try .request(for: [series] + sent, keepingAnswers: true))
  }

  private mutating func changeInstance() throws {
    let instance = try instance()
    guard var override = overrides[instance] ?? series.instance(instance) else { return }
    override.location = "Room \(Int.random(in: 1...99, using: &random))"
    override.status = .confirmed
    override = stamped(override)
    overrides[instance] = override
    messages.append(try .request(for: [override]))
  }

  private mutating func cancelInstance() throws {
    let instance = try instance()
    guard var override = overrides[instance] ?? series.instance(instance) else { return }
    override = stamped(override)
    override.status = .cancelled
    overrides[instance] = override
    messages.append(try .cancellation(of: [override]))
  }

  private mutating func end() throws {
    var instance = try instance()
    let key = InstanceKey(instance, in: series.timing)
    let start = InstanceKey(RecurrenceID(series.timing.recurrenceStart), in: series.timing)
    guard key != start, series.hasInstance(at: key) else { return }
    instance.includesFollowing = true
    series = stamped(series)
    messages.append(try .cancellation(of: [instance], in: series))
    instance.includesFollowing = false
    overrides = overrides.filter { InstanceKey($0.key, in: series.timing).order < key.order }
    series.end(before: key)
  }

  private mutating func add() throws {
    guard case .timed(let start, let end) = series.timing else { return }
    let seconds = Int.random(in: 0..<1000, using: &random) * 3600 + 1800
    var event = series
    try event.setRecurrence([])
    event.timing = .timed(
      start: ZonedDateTime(local: start.local.adding(seconds: seconds), zone: start.zone),
      end: ZonedDateTime(local: end.local.adding(seconds: seconds), zone: start.zone)
    )
    event = stamped(event)
    if counting == .apart { series.sequence = event.sequence }
    let instance = RecurrenceID(event.timing.recurrenceStart)
    instances.insert(instance)
    messages.append(try .addition(of: event))
    series.addInstances([instance])
    event.recurrenceID = instance
    overrides[instance] = event
  }

  private mutating func uninvite() throws {
    guard series.attendees.count > 2, let gone = series.attendees.last else { return }
    var message = series
    message = stamped(message)
    if counting == .apart { series.sequence = message.sequence }
    messages.append(try .cancellation(uninviting: [gone.user.address], from: message))
    series.attendees.removeLast()
    for instance in overrides.keys {
      overrides[instance]?.attendees.removeAll { $0.user.isSame(as: gone.user) }
    }
  }

  private mutating func cancelAll() throws {
    series = stamped(series)
    messages.append(try .cancellation(of: [series]))
    overrides = [:]
  }
}
