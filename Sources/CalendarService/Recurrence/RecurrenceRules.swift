import CalendarCore
import Foundation
package import ICalendar

/// Checks how a caller wants an event to repeat, and writes it in the one form that all calendars read alike.
///
/// Calendars differ in what they make of a rule that RFC 5545 leaves open; none of those is ever written.
package enum RecurrenceRules {
  static let lines = 100
  static let dates = 500
  static let characters = 20_000

  /// The lines as they are stored and sent: the rule, then further dates, then excluded ones.
  ///
  /// Empty when the event happens once after all. Normalised lines stay what they are.
  package static func normalized(_ lines: [String], timing: EventTiming) throws(InvalidInput) -> [String] {
    let lines = lines.map(\.trimmed).filter { !$0.isEmpty }
    guard lines.count <= Self.lines, lines.reduce(0, { $0 + $1.utf8.count }) <= characters else {
      throw refused(Messages.Recurrence.tooLong)
    }
    let given = try read(lines, timing: timing)
    guard given.dates.count + given.exclusions.count <= dates else {
      throw refused(Messages.Recurrence.tooManyDates(dates))
    }
    guard given.rules.count <= 1 else { throw refused(Messages.Recurrence.severalRules) }
    var recurrence = EventRecurrence()
    if let rule = given.rules.first {
      recurrence.rules = [try RuleCheck(rule, timing: timing).normalized()]
    }
    recurrence.dates = try given.dates.map { (date) throws(InvalidInput) in
      try further(date, timing: timing)
    }
    recurrence.exclusions = given.exclusions.map { $0.inForm(of: timing) }
    guard !recurrence.rules.isEmpty || !recurrence.dates.isEmpty else { return [] }
    let written = recurrence.compactLines
    guard EventSeries(timing, repeating: written).first(where: { _ in true }) != nil else {
      throw refused(Messages.Recurrence.everythingExcluded)
    }
    return written
  }

  static func refused(_ sentence: String) -> InvalidInput { InvalidInput("recurrence", sentence) }

  private static func read(_ lines: [String], timing: EventTiming) throws(InvalidInput) -> EventRecurrence {
    var event = EventComponent(uid: "", dtstamp: .distantPast, timing: timing)
    for line in lines {
      let name = line.prefix { $0 != ":" && $0 != ";" }
      guard ["RRULE", "RDATE", "EXDATE"].contains(name.uppercased()) else {
        throw refused(Messages.Recurrence.unknownLines)
      }
    }
    do {
      // Names may come in any case.
      try event.setRecurrence(
        lines.map { line in
          let name = line.prefix { $0 != ":" && $0 != ";" }
          return name.uppercased() + line.dropFirst(name.count)
        }
      )
    } catch {
      throw refused(Messages.Recurrence.unreadableLines)
    }
    let recurrence = event.typedRecurrence
    for line in recurrence.unread {
      guard line.isNamed("RRULE") else {
        throw refused(Messages.Recurrence.invalidDate(line.value.prefix(40)))
      }
      _ = try rule(line.value)
    }
    guard recurrence.unread.isEmpty else { throw refused(Messages.Recurrence.unreadable) }
    // What reading forgives can mean something else elsewhere.
    var strict = recurrence
    strict.rules = []
    for line in event.recurrence where line.hasPrefix("RRULE") {
      strict.rules.append(try rule(String(line.drop { $0 != ":" }.dropFirst())))
    }
    return strict
  }

  private static func rule(_ text: String) throws(InvalidInput) -> RecurrenceRule {
    var text = text
    while let last = text.last, last == ";" || last.isWhitespace { text.removeLast() }
    do {
      return try RecurrenceRule(text, isStrict: true)
    } catch {
      throw refused(Messages.Recurrence.invalidRule(error))
    }
  }

  private static func further(
    _ date: RecurrenceDate,
    timing: EventTiming
  ) throws(InvalidInput) -> RecurrenceDate {
    guard date.end == nil else { throw refused(Messages.Recurrence.dateWithDuration) }
    let start = date.start.inForm(of: timing)
    guard EventLimits.years.contains(start.local.date.year) else {
      throw refused(
        Messages.Events.years
      )
    }
    guard start.local >= timing.startLocal else {
      throw refused(Messages.Recurrence.dateBeforeFirst)
    }
    return RecurrenceDate(start)
  }
}
