import Foundation
import FuzzSupport
import ICalendar

/// Called by libFuzzer with each input, whose octets choose the parts of a VTIMEZONE.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var source = ChoiceSource(Array(UnsafeBufferPointer(start: start, count: count)))
  let instants = (0..<4).map { _ in Date(timeIntervalSince1970: source.instant()) }
  let isWithEquivalent = source.rarely(in: 16)
  var observances: [Observance] = []
  while !source.isAtEnd, observances.count < 40 { observances.append(Observance(&source)) }
  text = "BEGIN:VTIMEZONE\nTZID:Own\n" + observances.map(\.text).joined() + "END:VTIMEZONE\n"
  guard let definition = try? Component.parse(Array(text.utf8)).first else { return 0 }
  let zone = expect(within: 1, "a zone is read in bounded time") { Zone(definition: definition) }
  checkFile(text, zone, instants)
  guard let zone else { return 0 }
  let changes = zone.transitions(from: span.lowerBound, to: span.upperBound)
  checkOrder(changes.suffix(60), of: zone)
  checkClocks(of: zone, around: instants + changes.prefix(8).map(\.at))
  for instant in [instants[2]] + changes.prefix(3).map(\.at) { checkSeries(in: zone, around: instant) }
  checkModel(observances, zone, at: instants + changes.suffix(8).flatMap { [$0.at - 1, $0.at] })
  if isWithEquivalent { checkEquivalent(of: zone, from: instants[0]) }
  return 0
}

/// From 1500 to 2200.
let span = Date(timeIntervalSince1970: -14_831_769_600)..<Date(timeIntervalSince1970: 7_258_118_400)

func checkOrder(_ changes: ArraySlice<ZoneTransition>, of zone: Zone) {
  for (earlier, later) in zip(changes, changes.dropFirst()) {
    expect(earlier.at < later.at, "changes are in order, each once")
    expect(
      earlier.offsetAfter == later.offsetBefore,
      "a change begins with what the one before it ended with"
    )
  }
  for change in changes {
    expect(change.offsetBefore != change.offsetAfter, "a change changes the offset")
    expect(zone.offset(at: change.at - 1) == change.offsetBefore, "until a change its first offset counts")
    expect(zone.offset(at: change.at) == change.offsetAfter, "from a change on its second offset counts")
  }
}

func checkClocks(of zone: Zone, around instants: [Date]) {
  for instant in instants.flatMap({ [$0 - 3600, $0 - 1, $0, $0 + 1, $0 + 3600] }) {
    let shown = ZonedDateTime(instant: instant, zone: zone)
    // Where clocks are changed many times within hours, a wall-clock time may be there three times.
    let nearby = zone.transitions(from: instant - 2 * 86_400, to: instant + 2 * 86_400)
    if nearby.count < 2 { expect(shown.instant == instant, "a clock leads back to its instant") }
    let first = ZonedDateTime(local: shown.local, zone: zone)
    expect(first.instant <= instant, "of two passes the first is meant")
    let again = ZonedDateTime(instant: first.instant, zone: zone)
    expect(again.local == shown.local, "a time that clocks show is at an instant that shows it")
  }
}

/// A series resolves its clocks on a way of its own, which has to lead to the same.
func checkSeries(in zone: Zone, around instant: Date) {
  guard let rule = try? RecurrenceRule("FREQ=MINUTELY;INTERVAL=443;COUNT=50") else { return }
  let start = ZonedDateTime(instant: instant - 86_400, zone: zone)
  for occurrence in RecurrenceSet(start: .zoned(start), rules: [rule]) {
    let single = ZonedDateTime(local: occurrence.local, zone: zone)
    let isStart = occurrence.local == start.local && start.isSecondPass
    expect(
      isStart || occurrence.instant == single.instant,
      "a series and a single time are at the same instant"
    )
  }
}

/// Reads an event in the zone, as a file has it, and writes it.
func checkFile(_ zone: String, _ known: Zone?, _ instants: [Date]) {
  let local = ZonedDateTime(instant: instants[1], zone: .utc).local
  let digits = local.description.filter { $0 != "-" && $0 != ":" }
  let event = "BEGIN:VEVENT\nUID:a\nDTSTAMP:20260101T000000Z\nDTSTART;TZID=Own:\(digits)\n"
  let rule = "RRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT\n"
  let data = Array("BEGIN:VCALENDAR\nVERSION:2.0\n\(zone)\(event)\(rule)END:VCALENDAR\n".utf8)
  guard let object = try? CalendarObject.parseAll(data).first, let inspection = try? Component.inspect(data)
  else {
    return expect(false, "a file is read whatever its zones are")
  }
  expect(object.events.isEmpty == (known == nil), "an event in a zone that is known is read")
  expect(object.events.isEmpty <= !inspection.losses.isEmpty, "an event that is not read is told")
  let written = object.serialized()
  guard let event = object.events.first else { return }
  guard let again = try? CalendarObject.parse(written) else {
    return expect(false, "what was written is read")
  }
  expect(again.events == object.events, "an event is read as it was written")
  expect(again.serialized() == written, "what was written stays")
  let (from, to) = (instants[1] - 86_400 * 4, instants[1] + 86_400 * 4)
  let starts = [event, again.events[0]].map { event in
    EventSeries(master: event).between(from, to).instances.map { start(of: $0.timing) }
  }
  expect(starts[0] == starts[1], "instances are the same when they were written")
}

func start(of timing: EventTiming) -> Date {
  switch timing {
  case .allDay(let start, _): ZonedDateTime(local: LocalDateTime(startOf: start), zone: .utc).instant
  case .timed(let start, _): start.instant
  }
}

func checkEquivalent(of zone: Zone, from first: Date) {
  let last = first + 6 * 366 * 86_400
  guard case .sameRules(let other)? = zone.equivalent(from: first, to: last) else { return }
  for instant in stride(from: first, to: last, by: 7 * 86_400) {
    expect(zone.offset(at: instant) == other.offset(at: instant), "an equivalent zone has the same offsets")
  }
}

extension Bool {
  /// Whether the one follows from the other.
  fileprivate static func <= (condition: Bool, consequence: Bool) -> Bool { !condition || consequence }
}

extension ChoiceSource {
  /// Seconds from 1900 to 2036, mostly of late.
  mutating func instant() -> Double {
    let year = Double(number(below: 8) == 7 ? number(below: 136) - 70 : number(below: 64))
    return (year * 365.25 + Double(number(below: 366))) * 86_400 + Double(number(below: 1440)) * 60
  }
}
