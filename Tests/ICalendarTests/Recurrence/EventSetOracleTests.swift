import Foundation
import Testing

@testable import ICalendar

/// Random series with RDATE, EXDATE and overrides beside recurring-ical-events.
@Suite(.timeLimit(.minutes(5))) struct EventSetOracleTests {
  private struct Case: Encodable {
    var text: String
    var from: Int
    var to: Int
  }

  private struct Seen: Codable, Hashable {
    var start: String
    var end: String
    var summary: String
  }

  private struct Answer: Decodable {
    struct Event: Decodable {
      var start: Moment
      var end: Moment
      var summary: String
    }
    /// A day as text, or an instant in seconds.
    enum Moment: Decodable {
      case day(String)
      case second(Int)

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let second = try? container.decode(Int.self) {
          self = .second(second)
        } else {
          self = .day(try container.decode(String.self))
        }
      }

      var text: String {
        switch self {
        case .day(let day): day
        case .second(let second): String(second)
        }
      }
    }
    var events: [Event]

    init(from decoder: any Decoder) throws { events = try [Event](from: decoder) }
  }

  /// Everyday rules; what rules can be beyond that is compared with dateutil.
  private static let rules = [
    "FREQ=DAILY;COUNT=30", "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "FREQ=WEEKLY;INTERVAL=2;COUNT=12",
    "FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=DAILY;INTERVAL=3",
    "FREQ=YEARLY",
  ]

  private struct Made {
    var series: EventSeries
    var from: Date
    var to: Date
  }

  private func make(_ random: inout RandomRule, _ number: Int) throws -> Made {
    let names = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC", "Australia/Lord_Howe"]
    let zone = try zone(names[number % names.count])
    let isAllDay = random.chance(4)
    let date = CalendarDate(dayNumber: random.number(20_000...20_600))
    let clock = LocalDateTime(startOf: date).adding(seconds: random.number(16...90) * 900)
    let length = random.chance(5) ? 86_400 + 5400 : random.number(1...20) * 900
    var master = try meeting()
    master.summary = "plain"
    master.timing =
      isAllDay
      ? .allDay(start: date, end: date.adding(days: random.number(1...3)))
      : .timed(
        start: ZonedDateTime(local: clock, zone: zone),
        end: ZonedDateTime(
          instant: ZonedDateTime(local: clock, zone: zone).instant.addingTimeInterval(Double(length)),
          zone: zone
        )
      )
    master.typedRecurrence.rules = [try RecurrenceRule(Self.rules[random.number(0...Self.rules.count - 1)])]
    // Where DTSTART is no instance of its rule RFC 5545 (§3.8.5.3) says nothing: begin with one that is.
    let second = Array(master.recurrenceSet.prefix(2))[1]
    master.timing = master.timing.moved(to: master.recurrenceSet.time(of: second))
    let plain = Array(master.recurrenceSet.prefix(25)).map { master.recurrenceSet.time(of: $0) }
    var recurrence = master.typedRecurrence
    for _ in 0..<random.number(0...3) {
      recurrence.exclusions.append(plain[random.number(0...plain.count - 1)])
    }
    for _ in 0..<random.number(0...2) {
      let base = plain[random.number(0...plain.count - 1)]
      recurrence.dates.append(
        RecurrenceDate(base.sameForm(second: base.second + random.number(1...9) * (isAllDay ? 86_400 : 5400)))
      )
    }
    master.typedRecurrence = recurrence
    var series = EventSeries(master: master)
    let ids = series.prefix(25).map(\.id)
    for index in 0..<random.number(0...4) {
      let id = ids[random.number(0...ids.count - 1)]
      var change = master
      change.summary = "change \(index)"
      let shift = isAllDay ? random.number(-2...5) * 86_400 : random.number(-8...40) * 900
      change.timing = master.timing.moved(to: id.sameForm(second: id.second + shift))
      series = try series.overriding(id, with: change)
    }
    if random.chance(3), let id = ids.dropFirst().randomElement(using: &random.random) {
      var change = series.master
      change.summary = "later"
      let shift = isAllDay ? random.number(0...3) * 86_400 : random.number(0...12) * 900
      change.timing = master.timing.moved(to: id.sameForm(second: id.second + shift))
      series = try series.overriding(id, with: change, includesFollowing: true)
    }
    let from = ids[random.number(0...ids.count - 1)].second + random.number(-100...100) * 900
    let start = Date(timeIntervalSince1970: TimeInterval(from))
    return Made(
      series: series,
      from: start,
      to: start.addingTimeInterval(TimeInterval(random.number(1...60) * 43_200))
    )
  }

  @Test(arguments: [7953, 4791, 6638])
  func `random series have the events of recurring-ical-events`(seed: UInt64) throws {
    var random = RandomRule(seed: seed)
    let made = try (0..<300).map { try make(&random, $0) }
    let cases = made.map { made in
      Case(
        text: CalendarObject(events: made.series.events).text,
        from: Int(made.from.timeIntervalSince1970),
        to: Int(made.to.timeIntervalSince1970)
      )
    }
    let answers: [Answer] = try Oracle.ask("events", ["cases": cases], script: "recurrence_oracle.py")
    var (compared, disagreements) = (0, 0)
    for (made, answer) in zip(made, answers) {
      let found = made.series.between(made.from, made.to)
      #expect(found.isComplete)
      var theirs = Set(
        answer.events.map { Seen(start: $0.start.text, end: $0.end.text, summary: $0.summary) }
      )
      for instance in found.instances {
        let summary = made.series.event(for: instance).summary ?? ""
        compared += 1
        if theirs.remove(seen(instance.timing, summary)) != nil { continue }
        if let nominal = nominal(instance, made.series), theirs.remove(seen(nominal, summary)) != nil {
          disagreements += 1
        } else if isTakenForOverride(instance, made.series) {
          disagreements += 1
        } else {
          Issue.record("only ours: \(instance) of\n\(made.series.events.map(\.component))")
        }
      }
      #expect(theirs.isEmpty, "only theirs, of\n\(made.series.events.map(\.component))")
    }
    #expect(compared > 1200)
    #expect(disagreements < 15)
  }

  /// RFC 5545 §3.8.5.3: with DTEND all instances have exactly the same length; they keep the clock's, which is another
  /// where the clocks are changed in between.
  private func nominal(_ instance: EventInstance, _ series: EventSeries) -> EventTiming? {
    let source = series.events.first { $0.summary == series.event(for: instance).summary }
    guard case .timed(let start, _) = instance.timing, case .timed(let first, let last) = source?.timing
    else {
      return nil
    }
    let length = last.local.nominalSeconds - first.local.nominalSeconds
    return .timed(
      start: start,
      end: ZonedDateTime(local: start.local.adding(seconds: length), zone: start.zone)
    )
  }

  /// §3.8.4.4: a RECURRENCE-ID is one instant; they also take an instance for overridden whose clock shows what UTC
  /// shows at an overridden one.
  private func isTakenForOverride(_ instance: EventInstance, _ series: EventSeries) -> Bool {
    series.ids.contains { $0.second == instance.id.wall }
  }

  private func seen(_ timing: EventTiming, _ summary: String) -> Seen {
    switch timing {
    case .allDay(let start, let end):
      Seen(start: start.description, end: end.description, summary: summary)
    case .timed(let start, let end):
      Seen(start: "\(second(start))", end: "\(second(end))", summary: summary)
    }
  }

  private func second(_ time: ZonedDateTime) -> Int { Int(time.instant.timeIntervalSince1970) }
}
