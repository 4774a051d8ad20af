import Foundation
import TestSupport

@testable import ICalendar

/// Tasks, journal entries, busy times and reminders with whatever may stand in them, from a seed.
struct RandomComponent {
  private var random: SeededRandom

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  mutating func calendar(_ number: Int) -> CalendarObject {
    var object = CalendarObject()
    switch number % 3 {
    case 0: object.append(todo(number))
    case 1: object.append(journal(number))
    default: object.append(freeBusy(number))
    }
    return object
  }

  private mutating func todo(_ number: Int) -> TodoComponent {
    var todo = TodoComponent(uid: "todo-\(number)", dtstamp: instant())
    todo.summary = maybe(text())
    todo.description = maybe(text())
    todo.due = maybe(.utc(local()))
    todo.status = maybe(.inProcess)
    todo.percentComplete = maybe(Int.random(in: 0...100, using: &random))
    todo.priority = maybe(Int.random(in: 0...9, using: &random))
    todo.geo = maybe(GeoPosition(latitude: 48.25, longitude: -2.5)).flatMap { $0 }
    todo.categories = (0..<Int.random(in: 0...3, using: &random)).map { "\($0)\(text())" }
    todo.comments = (0..<Int.random(in: 0...2, using: &random)).map { _ in text() }
    todo.propertyLines += (0..<Int.random(in: 0...3, using: &random)).map { unknown($0) }
    todo.alarms = (0..<Int.random(in: 0...2, using: &random)).map { _ in alarm() }
    return todo
  }

  private mutating func journal(_ number: Int) -> JournalComponent {
    var entry = JournalComponent(uid: "journal-\(number)", dtstamp: instant())
    entry.start = maybe(.date(local().date))
    entry.summary = maybe(text())
    entry.descriptions = (0..<Int.random(in: 0...3, using: &random)).map { _ in text() }
    entry.relations = [Relation(uid: text(), kind: "CHILD")]
    entry.status = maybe(.draft)
    return entry
  }

  private mutating func freeBusy(_ number: Int) -> FreeBusyComponent {
    var times = FreeBusyComponent(uid: "busy-\(number)", dtstamp: instant())
    times.intervals = (0..<Int.random(in: 0...4, using: &random)).map { _ in
      let period = CalendarPeriod(start: .utc(local()), end: .duration(duration(positive: true)))
      return FreeBusyComponent.Interval(period, kind: Bool.random(using: &random) ? "BUSY" : "BUSY-TENTATIVE")
    }
    times.contacts = [text()]
    return times
  }

  private mutating func alarm() -> AlarmComponent {
    let trigger: AlarmComponent.Trigger =
      switch Int.random(in: 0..<3, using: &random) {
      case 0: .at(instant())
      case 1: .fromEnd(duration())
      default: .fromStart(duration())
      }
    return AlarmComponent(display: text(), trigger: trigger)
  }

  /// A property that no standard has, with parameters of any content.
  private mutating func unknown(_ number: Int) -> ContentLine {
    let values = (0..<Int.random(in: 1...2, using: &random)).map { _ in "v" + parameter() + "w" }
    return ContentLine(
      "X-UNKNOWN-\(number)",
      parameters: [.init("X-ONE", "v" + parameter() + "w"), .init("X-SOME", values)],
      text: text()
    )
  }

  private mutating func text() -> String {
    (0..<Int.random(in: 0...40, using: &random))
      .map { _ in RandomEvent.pieces.randomElement(using: &random) ?? "" }.joined()
  }

  /// Without backslashes, which python icalendar takes for escapes in parameters, and "=", of which it trims spaces.
  private mutating func parameter() -> String { text().filter { $0 != "\\" && $0 != "=" } }

  /// Less than a day beside the days, since Python's durations know no day of another length than 24 hours.
  private mutating func duration(positive: Bool = false) -> CalendarDuration {
    let sign = positive || Bool.random(using: &random) ? 1 : -1
    return CalendarDuration(
      days: sign * Int.random(in: 0...20, using: &random),
      seconds: sign * Int.random(in: 1..<86_400, using: &random)
    )
  }

  private mutating func local() -> LocalDateTime {
    LocalDateTime(nominalSeconds: Int.random(in: 0..<2_145_916_800, using: &random))
  }

  private mutating func instant() -> Date {
    Date(timeIntervalSince1970: TimeInterval(Int.random(in: 0..<2_145_916_800, using: &random)))
  }

  private mutating func maybe<Value>(_ value: Value) -> Value? {
    Bool.random(using: &random) ? value : nil
  }
}
