import Foundation
import Testing

@testable import ICalendar

/// Our wall clocks beside those of dateutil, on random rules.
@Suite(.timeLimit(.minutes(5))) struct RuleOracleTests {
  private struct Case: Encodable {
    var start: String
    var rule: String
    var count = 12
  }

  private struct Answer: Decodable {
    var walls: [String]
    /// Whether there are no more; false also where dateutil was stopped.
    var ended: Bool
  }

  /// Where dateutil does not follow RFC 5545.
  private enum Disagreement: Hashable {
    /// §3.3.10: BYSETPOS picks from the whole week's set; dateutil begins the first one at DTSTART.
    case setPositionsOfFirstWeek
    /// §3.3.10: days of January in the last week of the year before are in it; dateutil has too many weeks then.
    case lastWeekInJanuary

    init?(_ rule: RecurrenceRule) {
      if rule.frequency == .weekly, !rule.bySetPosition.isEmpty {
        self = .setPositionsOfFirstWeek
      } else if rule.byWeekNumber.contains(where: { abs($0) >= 52 }) {
        self = .lastWeekInJanuary
      } else {
        return nil
      }
    }
  }

  @Test(arguments: [5545, 2445])
  func `random rules have the wall clocks of dateutil`(seed: UInt64) throws {
    var random = RandomRule(seed: seed)
    let rules = try (0..<1500).map { _ in (start: random.start(), rule: try random.rule()) }
    let cases = rules.map { Case(start: $0.start.description, rule: $0.rule.description) }
    let answers: [Answer] = try Oracle.ask("rules", ["cases": cases], script: "recurrence_oracle.py")
    var (compared, disagreements) = (0, 0)
    for ((start, rule), answer) in zip(rules, answers) {
      var iterator = RecurrenceSet(
        start: .floating(start),
        rules: [rule],
        limits: RecurrenceLimits(emptyPeriods: 2000)
      ).makeIterator()
      var ours: [String] = []
      while ours.count < 13, let occurrence = iterator.next() { ours.append(occurrence.local.description) }
      var theirs = answer.walls
      if theirs.first != start.description {
        // RFC 5545 §3.3.10, §3.8.5.3: DTSTART is the first instance and counts; dateutil leaves it out.
        #expect(ours.first == start.description)
        ours.removeFirst()
        if case .count(let count) = rule.end { theirs = Array(theirs.prefix(count - 1)) }
      }
      // Only as far as both have looked.
      if !answer.ended { ours = Array(ours.prefix(theirs.count)) }
      if iterator.reachedLimit { theirs = Array(theirs.prefix(ours.count)) }
      ours = Array(ours.prefix(12))
      compared += ours.count
      if ours != theirs, Disagreement(rule) != nil {
        disagreements += 1
      } else {
        #expect(ours == theirs, "DTSTART:\(start) RRULE:\(rule)")
      }
    }
    #expect(compared > 12_000)
    #expect(disagreements < 10)
  }
}
