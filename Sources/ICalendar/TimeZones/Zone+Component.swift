public import Foundation
import Synchronization

extension Zone {
  /// The VTIMEZONE that gives this zone's offsets from one instant to another (RFC 5545 §3.6.5).
  ///
  /// - Parameters:
  ///   - from: The first instant that must be right.
  ///   - to: The last instant that must be right, or nil to hold for ever, as an endless rule needs.
  /// - Returns: The component, or nil for UTC; a file's own zone as the file defines it.
  public func timeZoneComponent(from: Date, to: Date?) -> Component? {
    timeZoneComponent(named: identifier, from: from, to: to)
  }

  /// The VTIMEZONE under another name, as properties that were kept may use.
  func timeZoneComponent(named tzid: String, from: Date, to: Date?) -> Component? {
    guard !isUTC, !isFloating else { return nil }
    if let definition { return definition }
    // Readers compare wall clocks, not instants: a change less than a day away can decide.
    let first = from.wholeSeconds - 86_400
    let last = to.map { max($0.wholeSeconds, from.wholeSeconds) + 86_400 }
    return Component(
      "VTIMEZONE",
      properties: [ContentLine("TZID", text: tzid)],
      components: rules.observances(from: first, to: last)
    )
  }
}

/// The parts of a VTIMEZONE of which the last two repeat.
struct RepeatedParts: Sendable {
  /// The instant of the first change that repeats, in seconds since 1970 UTC.
  let begin: Int
  let parts: [Component]
}

extension ZoneRules {
  /// The parts of a VTIMEZONE that is right from one instant to another.
  ///
  /// Where clocks are changed twice a year the last two are a STANDARD and a DAYLIGHT that repeat: some take a zone for
  /// one such pair, and of several parts of a kind the one with the latest DTSTART (MS-OXCICAL §2.1.3.1.1.19.2).
  func observances(from first: Int, to last: Int?) -> [Component] {
    if let known = repeated(from: first), last.map({ known.begin <= $0 }) ?? true { return known.parts }
    guard let last else { return parts(from: first, before: horizon(from: first)).withStandard }
    var changes = lastTransition(atOrBefore: first).map { [$0] } ?? []
    changes += transitions(in: (first + 1)..<(last + 1))
    if changes.count < 2 {
      changes += transitions(in: (last + 1)..<(last + YearlyPair.longestSeason)).prefix(1)
    }
    guard let pair = YearlyPair(changes.suffix(2), in: self, until: last) else {
      return parts(from: first, before: last + 1).withStandard
    }
    return parts(from: first, before: pair.first.second) + pair.parts
  }

  /// The parts of a VTIMEZONE that ends with two that repeat for ever, kept for the instants between two changes: they
  /// are the same for all of these.
  private func repeated(from first: Int) -> RepeatedParts? {
    guard rule != nil else { return nil }
    guard let inForce = lastTransition(atOrBefore: first)?.second else { return makeRepeated(from: first) }
    if let known = repeatedParts.withLock({ $0[inForce] }) { return known }
    let made = makeRepeated(from: first)
    // Years are few, but a caller may ask for any.
    repeatedParts.withLock { if $0.count < 100 { $0[inForce] = .some(made) } }
    return made
  }

  private func makeRepeated(from first: Int) -> RepeatedParts? {
    guard let pair = repeatedPair(from: first) else { return nil }
    return RepeatedParts(
      begin: pair.first.second,
      parts: parts(from: first, before: pair.first.second) + pair.parts
    )
  }

  /// The observance in force at an instant, and the changes up to another, each by itself.
  private func parts(from first: Int, before end: Int) -> [Component] {
    guard first < end else { return [] }
    let changes = transitions(in: (first + 1)..<end).map { $0.observance() }
    guard let inForce = lastTransition(atOrBefore: first) else {
      // Where the clocks were never changed before, any onset earlier than the first instant will do.
      let opening = ZoneTransition(
        second: min(0, first - 86_400) - initial.offset,
        offsetBefore: initial.offset,
        offsetAfter: initial.offset,
        isDaylight: initial.isDaylight,
        abbreviation: initial.abbreviation
      )
      return [opening.observance()] + changes
    }
    return [inForce.observance()] + changes
  }

  /// The first two changes of those that the rule makes for ever.
  private func repeatedPair(from first: Int) -> YearlyPair? {
    guard let rule, let tableEnd = table.last?.second ?? lastTransition(atOrBefore: first)?.second,
      let pivot = firstRepeated(from: lastTransition(atOrBefore: max(first, tableEnd)), by: rule),
      let following = rule.transitions(in: (pivot.second + 1)..<(pivot.second + 366 * 86_400)).first,
      let even = rule.recurrence(of: pivot), let odd = rule.recurrence(of: following)
    else { return nil }
    return YearlyPair(first: pivot, firstRule: even, second: following, secondRule: odd)
  }

  /// The transition, if the rule makes it; else the next that it makes.
  private func firstRepeated(from last: ZoneTransition?, by rule: DaylightRule) -> ZoneTransition? {
    guard let last, !rule.makes(last) else { return last }
    return rule.transitions(in: (last.second + 1)..<(last.second + 2 * 366 * 86_400)).first
  }

  /// Where there is no rule, or none that iCalendar can say, changes are spelt out: all of the table, which for
  /// Morocco goes to 2087, or fifty years of the rule.
  private func horizon(from first: Int) -> Int {
    let tableEnd = max(first, table.last?.second ?? first) + 2
    return rule == nil ? tableEnd : tableEnd + 50 * 366 * 86_400
  }
}

extension [Component] {
  /// The parts, of which one at least has to be STANDARD: time that stays is standard time, whatever it once was.
  fileprivate var withStandard: [Component] {
    guard let first, !contains(where: { $0.name == "STANDARD" }) else { return self }
    return [Component("STANDARD", properties: first.properties)] + dropFirst()
  }
}
