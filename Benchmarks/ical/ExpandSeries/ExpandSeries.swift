// Reads a file of 2,500 recurring events and expands 50 instances of each; prints the milliseconds of both.
import Foundation
import ICalendar

@main struct ExpandSeries {
  static func main() throws {
    guard let rules = CommandLine.arguments.dropFirst().first else { return }
    let texts = try String(contentsOfFile: rules, encoding: .utf8).split(separator: "\n").compactMap {
      $0.split(separator: " ").last
    }
    guard let zone = Zone("Europe/Berlin"), let first = LocalDateTime("2026-01-05T09:00:00") else { return }
    let events = try (0..<2500).map { number in
      let start = ZonedDateTime(local: first.adding(seconds: number * 900), zone: zone)
      let end = ZonedDateTime(local: start.local.adding(seconds: 3600), zone: zone)
      var event = EventComponent(
        uid: "\(number)@example.com",
        dtstamp: start.instant,
        timing: .timed(start: start, end: end),
        summary: "Meeting \(number)"
      )
      try event.setRecurrence(["RRULE:\(texts[number % texts.count])"])
      return event
    }
    let bytes = CalendarObject(events: events).serialized()
    let clock = ContinuousClock()
    let began = clock.now
    let calendar = try CalendarObject.parse(bytes)
    let read = clock.now
    var instances = 0
    for series in EventSeries.grouping(calendar.events).series {
      for instance in series.prefix(50) where !instance.isOverridden { instances += 1 }
    }
    let expanded = clock.now
    print("\(bytes.count) octets, \(instances) instances")
    print("read \((read - began) / .milliseconds(1)) ms, expanded \((expanded - read) / .milliseconds(1)) ms")
  }
}
