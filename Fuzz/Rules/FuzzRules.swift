import FuzzSupport
import ICalendar

/// The times at which a rule may begin: the forms of RFC 5545 §3.3.5, clock changes, and the limits of the calendar.
private let starts: [RecurrenceTime] = [
  "2026-01-28T10:00:00 UTC", "2026-03-29T02:30:00 Europe/Berlin", "2026-10-25T02:30:00 Europe/Berlin",
  "2024-02-29T23:59:59 America/New_York", "2026-04-05T01:45:00 Australia/Lord_Howe",
  "2011-12-30T12:00:00 Pacific/Apia", "0001-01-01T00:00:00 UTC", "9999-12-31T23:59:59 Asia/Tokyo",
].compactMap { text in
  let parts = text.split(separator: " ")
  guard let local = LocalDateTime(String(parts[0])), let zone = Zone(String(parts[1])) else { return nil }
  return .zoned(ZonedDateTime(local: local, zone: zone))
} + [CalendarDate("2026-01-31"), CalendarDate("2024-02-29")].compactMap { $0.map(RecurrenceTime.date) }

/// The first octet chooses the start, the rest is the value of an RRULE.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let data = Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = data.first else { return 0 }
  guard let rule = try? RecurrenceRule(String(decoding: data.dropFirst(), as: UTF8.self)) else { return 0 }
  expect((try? RecurrenceRule(rule.description)) == rule, "read, write, read is the identity")
  let limits = RecurrenceLimits(emptyPeriods: 2000, skippedInstances: 2000, instances: 2000)
  let set = RecurrenceSet(start: starts[Int(choice) % starts.count], rules: [rule], limits: limits)
  var iterator = set.makeIterator()
  var found: [Occurrence] = []
  while found.count < 40, let next = iterator.next() { found.append(next) }
  for (earlier, later) in zip(found, found.dropFirst()) {
    expect(earlier.instant < later.instant, "instances are in order, each once")
  }
  guard found.count > 20 else { return 0 }
  // A span that is entered in the middle has what counting from the first gives.
  let (first, last) = (found[10].instant, found[19].instant)
  let span = set.between(first, last)
  if span.isComplete { expect(span.occurrences == Array(found[10..<19]), "a span is a part of the whole") }
  return 0
}
