import Foundation
import Testing

@testable import ICalendar

/// Random rules in zones: the wall clocks of dateutil, each resolved by zoneinfo.
@Suite(.timeLimit(.minutes(5))) struct SetOracleTests {
  private struct Case: Encodable {
    var start: String
    var tzid: String
    var rule: String
    var count = 60
  }

  private struct Answer: Decodable {
    var walls: [String]
    var instants: [Int]
  }

  @Test func `wall clocks are resolved one by one, as zoneinfo does`() throws {
    var random = RandomRule(seed: 3339)
    var cases: [Case] = []
    for number in 0..<600 {
      let name = ZoneOracleTests.names[number % ZoneOracleTests.names.count]
      let zone = try zone(name)
      // Around a change of the clocks, and often enough to hit it.
      let from = Date(timeIntervalSince1970: Double(random.number(400_000_000...2_000_000_000)))
      let changes = zone.transitions(from: from, to: from.addingTimeInterval(400 * 86_400))
      let onset = changes.first?.onset ?? random.start()
      let start = onset.adding(seconds: -random.number(1...30) * 3600 + random.number(0...3) * 900)
      let rules = [
        "FREQ=HOURLY", "FREQ=MINUTELY;INTERVAL=30", "FREQ=MINUTELY;INTERVAL=35", "FREQ=DAILY",
        "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=0,30", "FREQ=HOURLY;INTERVAL=5", "FREQ=WEEKLY", "FREQ=MONTHLY",
        "FREQ=MINUTELY;INTERVAL=77", "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU;BYHOUR=2",
      ]
      cases.append(Case(start: start.description, tzid: name, rule: rules[number % rules.count]))
    }
    let answers: [Answer] = try Oracle.ask("sets", ["cases": cases], script: "recurrence_oracle.py")
    var (shifted, dropped) = (0, 0)
    for (given, answer) in zip(cases, answers) {
      let start = try time("\(given.start) \(given.tzid)")
      let set = RecurrenceSet(start: .zoned(start), rules: [try RecurrenceRule(given.rule)])
      // §3.8.5: a set has each instant once; what is skipped has the offset before the gap (§3.3.5).
      let theirs = Set(answer.instants + [RecurrenceTime.zoned(start).second]).sorted()
      // Beyond the last wall clock asked for there may be instants before the last shifted one.
      let end = try #require(answer.walls.last.flatMap { LocalDateTime($0) }).nominalSeconds - 100 * 3600
      let ours = set.prefix(61)
      shifted += ours.count { $0.isShifted }
      dropped += answer.instants.count - Set(answer.instants).count
      let sure = { (second: Int) in second < end }
      #expect(ours.map(\.second).filter(sure) == theirs.filter(sure), "\(given)")
    }
    #expect(shifted > 100)
    #expect(dropped > 50)
  }
}
