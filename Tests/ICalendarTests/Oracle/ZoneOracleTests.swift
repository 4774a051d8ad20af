import Foundation
import TestSupport
import Testing

@testable import ICalendar

/// Our offsets beside those of Python's zoneinfo, which reads the same tzdata with other code.
@Suite(.timeLimit(.minutes(5))) struct ZoneOracleTests {
  static let names = [
    "America/New_York", "America/Nuuk", "America/Sao_Paulo", "America/St_Johns", "America/Caracas",
    "Europe/Berlin",
    "Europe/Dublin", "Europe/London", "Europe/Moscow", "Africa/Casablanca", "Africa/Monrovia", "Asia/Gaza",
    "Asia/Kathmandu", "Asia/Kolkata", "Asia/Pyongyang", "Asia/Tehran", "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Pacific/Apia", "Pacific/Chatham", "Pacific/Kwajalein", "Etc/GMT-14", "EST5EDT", "UTC",
  ]

  private struct Case: Encodable {
    var instants: [Int]
    var locals: [String]
  }

  private struct Answer: Decodable {
    struct Clock: Decodable {
      var first: Int
      var second: Int
      var exists: Bool
    }
    var offsets: [Int]
    var clocks: [Clock]
  }

  /// 1970 to 2040, at random and around every change of the clocks.
  private func questions() throws -> [String: Case] {
    var random = SeededRandom(seed: 2040)
    var cases: [String: Case] = [:]
    let (start, end) = (try utc("1970-01-01T00:00:00"), try utc("2041-01-01T00:00:00"))
    for name in Self.names {
      let zone = try zone(name)
      var instants = (0..<500).map { _ in Int.random(in: 0..<2_240_524_800, using: &random) }
      var locals = instants.map { LocalDateTime(nominalSeconds: $0) }
      for change in zone.transitions(from: start, to: end) {
        instants += [change.second - 1, change.second, change.second + 1]
        let clock = change.onset
        locals += [-86_400, -7200, -3601, -3600, -1800, -1, 0, 1, 1799, 1800, 3599, 3600, 7200, 86_400]
          .map { clock.adding(seconds: $0) }
      }
      cases[name] = Case(instants: instants, locals: locals.map(\.description))
    }
    return cases
  }

  @Test func `offsets, gaps and repeated hours are those of zoneinfo`() throws {
    let questions = try questions()
    let answers: [String: Answer] = try Oracle.ask("zones", ["zones": questions])
    var (skipped, repeated) = (0, 0)
    for (name, question) in questions {
      let zone = try zone(name)
      let answer = try #require(answers[name])
      #expect(question.instants.map { zone.offset(atSecond: $0) } == answer.offsets, "\(name)")
      for (text, clock) in zip(question.locals, answer.clocks) {
        let local = try #require(LocalDateTime(text))
        let first = ZonedDateTime(local: local, zone: zone)
        let second = ZonedDateTime(local: local, zone: zone, isSecondPass: true)
        #expect(first.offset == clock.first, "\(text) \(name)")
        // In a gap zoneinfo's fold=1 means the offset after it; we have no second pass there.
        #expect(second.offset == (clock.exists ? clock.second : clock.first), "\(text) \(name)")
        #expect(ZonedDateTime(first.description) == first)
        #expect(ZonedDateTime(second.description) == second)
        if clock.exists { #expect(ZonedDateTime(instant: second.instant, zone: zone) == second) }
        if !clock.exists { skipped += 1 }
        if second.isSecondPass { repeated += 1 }
      }
    }
    #expect(skipped > 3000)
    #expect(repeated > 2000)
  }
}
