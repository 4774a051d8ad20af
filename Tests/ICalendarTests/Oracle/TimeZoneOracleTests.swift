import Foundation
import TestSupport
import Testing

@testable import ICalendar

/// VTIMEZONEs, ours and those of others, as dateutil and python icalendar read them.
@Suite(.timeLimit(.minutes(5))) struct TimeZoneOracleTests {
  private struct Case: Encodable {
    var text: String
    var tzid: String
    var instants: [Int]
  }

  private struct Answer: Decodable {
    var dateutil: [Int]
    var icalendar: [Int]
  }

  private func compare(_ cases: [Case]) throws {
    let answers: [Answer] = try Oracle.ask("rules", ["cases": cases])
    try #require(answers.count == cases.count)
    for (question, answer) in zip(cases, answers) {
      let zone = try zone(question.tzid)
      let expected = question.instants.map { zone.offset(atSecond: $0) }
      #expect(answer.dateutil == expected, "dateutil: \(question.text)")
      #expect(answer.icalendar == expected, "icalendar: \(question.text)")
    }
  }

  private func question(
    _ zone: Zone,
    from first: Int,
    to last: Int?,
    at instants: [Int]
  ) throws -> Case {
    let component = try #require(
      zone.timeZoneComponent(
        from: Date(timeIntervalSince1970: TimeInterval(first)),
        to: last.map { Date(timeIntervalSince1970: TimeInterval($0)) }
      )
    )
    let calendar = Component("VCALENDAR", components: [component])
    return Case(
      text: String(decoding: calendar.serialized(), as: UTF8.self),
      tzid: zone.identifier,
      instants: instants.filter { second in
        // After a jump over the date line dateutil has daylight saving of a day, which Python refuses.
        [second - 86_400, second, second + 86_400].allSatisfy { second in
          let change = zone.rules.lastTransition(atOrBefore: second)
          return abs((change?.offsetAfter ?? 0) - (change?.offsetBefore ?? 0)) < 86_400
        }
      }
    )
  }

  /// The last and first seconds around some changes of the clocks.
  ///
  /// Not where standard time follows on standard time: there dateutil is wrong about the repeated hour.
  private func edges(of zone: Zone, _ seconds: ClosedRange<Int>, _ random: inout SeededRandom) -> [Int] {
    let changes = zone.rules.transitions(in: seconds.lowerBound + 1..<seconds.upperBound)
    return zip(changes, changes.dropFirst()).filter { $0.isDaylight != $1.isDaylight }.map(\.1)
      .shuffled(using: &random).prefix(12).flatMap { [$0.second - 1, $0.second] }
  }

  @Test func `a VTIMEZONE for one event gives its offsets`() throws {
    var random = SeededRandom(seed: 22)
    var cases: [Case] = []
    for name in ZoneOracleTests.names where name != "UTC" {
      let zone = try zone(name)
      for _ in 0..<8 {
        let first = Int.random(in: 0..<2_208_988_800, using: &random)
        let last = first + Int.random(in: 0...(400 * 86_400), using: &random)
        let inside = (0..<20).map { _ in Int.random(in: first...last, using: &random) }
        let edges = edges(of: zone, first...last, &random)
        cases.append(try question(zone, from: first, to: last, at: [first, last] + inside + edges))
      }
    }
    try compare(cases)
  }

  @Test func `a VTIMEZONE for an endless rule gives the offsets of decades`() throws {
    var random = SeededRandom(seed: 23)
    var cases: [Case] = []
    for name in ZoneOracleTests.names where name != "UTC" {
      let zone = try zone(name)
      for first in [Int.random(in: 0..<946_684_800, using: &random), 1_795_305_600] {
        // Python icalendar reads rules up to 2038 only.
        let last = 2_100_000_000
        let inside = (0..<20).map { _ in Int.random(in: first...last, using: &random) }
        cases.append(
          try question(
            zone,
            from: first,
            to: nil,
            at: [first] + inside + edges(of: zone, first...last, &random)
          )
        )
      }
    }
    try compare(cases)
  }

  /// A VTIMEZONE of two eras, each of which has a pair of rules or is spelled out; the first begins before 1970.
  private func zoneOfOthers(_ number: Int, _ random: inout SeededRandom) -> String {
    let weekdays = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]
    let end = 1990 + Int.random(in: 0..<30, using: &random)
    let offsets = ["-0800", "-0330", "+0000", "+0100", "+0545", "+1200"]
    let standard = Int.random(in: 0..<5, using: &random)
    var parts: [String] = []
    for (era, years) in [(0, 1960...end), (1, (end + 1)...2100)] {
      let (winter, summer) = era == 0 ? (standard, standard + 1) : (standard + 1, standard)
      for (kind, from, to, month) in [
        ("DAYLIGHT", winter, summer, Int.random(in: 2...5, using: &random)),
        ("STANDARD", summer, winter, Int.random(in: 8...11, using: &random)),
      ] {
        let week = [-1, 1, 2, 3, 4].randomElement(using: &random) ?? 1
        let weekday = Int.random(in: 0..<7, using: &random)
        let hour = Int.random(in: 0...23, using: &random)
        let day = CalendarDate.matching(weekday: weekday, week: week, month: month, year: years.lowerBound)
        let until = era == 0 ? ";UNTIL=\(end)1231T235959Z" : ""
        let rule =
          "RRULE:FREQ=YEARLY;BYMONTH=\(month);BYDAY=\(week)\(weekdays[weekday])\(until)"
        let dates = (years.lowerBound...min(years.upperBound, 2037)).map { year in
          let day = CalendarDate.matching(weekday: weekday, week: week, month: month, year: year)
          return "\(day)T\(hour < 10 ? "0" : "")\(hour)0000"
        }
        let repeats = number % 3 == 0 ? "RDATE:\(dates.joined(separator: ","))" : rule
        parts.append(
          """
          BEGIN:\(kind)
          DTSTART:\(day)T\(hour < 10 ? "0" : "")\(hour)0000
          \(repeats)
          TZOFFSETFROM:\(offsets[from])
          TZOFFSETTO:\(offsets[to])
          END:\(kind)

          """
        )
      }
    }
    let all = number % 2 == 0 ? parts : parts.reversed()
    return "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Own\n\(all.joined())END:VTIMEZONE\nEND:VCALENDAR\n"
  }

  @Test func `random zones of others have the offsets that dateutil and icalendar read`() throws {
    var random = SeededRandom(seed: 24)
    var (cases, expected): ([Case], [[Int]]) = ([], [])
    for number in 0..<150 {
      let text = zoneOfOthers(number, &random)
      let component = try #require(try Component.parse(Array(text.utf8)).first?.components.first)
      let zone = try #require(Zone(definition: component))
      // Not within two days of a change, where the other two take wall clocks for instants.
      let instants = (0..<40).map { _ in Int.random(in: 0..<2_100_000_000, using: &random) }.filter {
        second in
        zone.rules.transitions(in: second - 2 * 86_400..<second + 2 * 86_400).isEmpty
      }
      cases.append(Case(text: text.replacing("\n", with: "\r\n"), tzid: "Own", instants: instants))
      expected.append(instants.map { zone.offset(atSecond: $0) })
    }
    let answers: [Answer] = try Oracle.ask("rules", ["cases": cases])
    try #require(answers.count == cases.count)
    for (question, (answer, offsets)) in zip(cases, zip(answers, expected)) {
      #expect(answer.dateutil == offsets, "dateutil: \(question.text)")
      #expect(answer.icalendar == offsets, "icalendar: \(question.text)")
    }
    #expect(Set(expected.flatMap(\.self)).count > 4)
  }
}

extension CalendarDate {
  /// A weekday of a month as "YYYYMMDD", found by looking at each day.
  fileprivate static func matching(weekday: Int, week: Int, month: Int, year: Int) -> String {
    let days = (1...31).compactMap { CalendarDate(year: year, month: month, day: $0) }
      // 1970-01-01 was a Thursday.
      .filter { ($0.dayNumber + 4) % 7 == weekday || ($0.dayNumber + 4) % 7 + 7 == weekday }
    return days[week > 0 ? week - 1 : days.count + week].basic
  }
}
