import Foundation
import Testing

@testable import ICalendar

/// What dateutil and python icalendar read off our VTIMEZONEs.
@Suite struct TimeZoneOracleTests {
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
      instants: instants
    )
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
        cases.append(try question(zone, from: first, to: last, at: [first, last] + inside))
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
        let inside = (0..<40).map { _ in Int.random(in: first...2_100_000_000, using: &random) }
        cases.append(try question(zone, from: first, to: nil, at: [first] + inside))
      }
    }
    try compare(cases)
  }
}
