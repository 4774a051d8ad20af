import Foundation
import TestSupport
import Testing

@testable import ICalendar

/// What dateutil and python icalendar read off our VTIMEZONEs.
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
}
