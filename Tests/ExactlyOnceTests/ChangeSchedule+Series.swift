import CalendarCore
import CalendarService
import Foundation
import ICalendar
import TestSupport

extension ChangeSchedule {
  mutating func makeSeries() async {
    var input = input(word("series"), at: Self.base)
    input.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=6"]
    input.connectedAccountID = accounts[0]
    let answer = await ask("make \(input.title)") { [input, caller] in
      try await $0.events.create(input, caller: caller).event.id
    }
    guard case .accepted(let id) = answer else { return }
    note("  is \(id)")
    let occurrence = ExpectedSeries.Occurrence(eventID: id, title: input.title)
    let weeks = Dictionary(uniqueKeysWithValues: (0..<6).map { ($0, occurrence) })
    series.append(ExpectedSeries(occurrences: weeks))
  }

  static func week(of date: Date) -> Int { Int((date.timeIntervalSince(base) / week).rounded(.down)) }

  mutating func somethingWithASeries() async throws {
    guard let index = series.indices.randomElement(using: &random) else { return }
    if let hidden = series[index].hidden, random.chance(0.5) { return await undo(index, hidden) }
    let mine = Set(series[index].occurrences.values.map(\.eventID))
    let shown = try await listed().filter { $0.seriesID.map(mine.contains) == true }
    // What was refused after it was accepted is there to be seen, and not as it was to be.
    if shown.contains(where: { $0.push.status == .failed }) { series[index].isCertain = false }
    guard let chosen = shown.randomElement(using: &random), let id = chosen.seriesID else { return }
    let week = Self.week(of: chosen.timing.startInstant(in: .utc))
    switch Int.random(in: 0..<12, using: &random) {
    case 0..<4:
      var input = UpdateEventInput()
      let title = word("own")
      input.title = title
      await change(index, chosen, input) { series, _ in series.occurrences[week]?.title = title }
    case 4..<7:
      var input = UpdateEventInput()
      let location = word("room")
      input.location = .set(location)
      input.scope = .all
      if random.chance(0.5) { input.startsAt = Self.later(chosen) }
      await change(index, chosen, input) { series, _ in
        for (week, occurrence) in series.occurrences where occurrence.eventID == id {
          series.occurrences[week]?.location = location
        }
      }
    case 7..<9:
      var input = UpdateEventInput()
      let location = word("room")
      input.location = .set(location)
      input.scope = .thisAndFollowing
      if random.chance(0.3) { input.startsAt = Self.later(chosen) }
      await change(index, chosen, input) { series, reference in
        for (other, occurrence) in series.occurrences where occurrence.eventID == id && other >= week {
          series.occurrences[other]?.location = location
          series.occurrences[other]?.eventID = reference.eventID
        }
      }
    default:
      let scope = RecurrenceScope.allCases.randomElement(using: &random) ?? .this
      await delete(index, chosen, scope, week)
    }
  }

  /// An hour later than it is.
  private static func later(_ event: CalendarEvent) -> RequestedInstant {
    let start = event.timing.startInstant(in: .utc).addingTimeInterval(3600)
    return RequestedInstant(instant: start, writtenDate: ZonedDateTime(instant: start, zone: .utc).local.date)
  }

  private mutating func change(
    _ index: Int,
    _ occurrence: CalendarEvent,
    _ input: UpdateEventInput,
    _ expect: (inout ExpectedSeries, EventReference) -> Void
  ) async {
    let scope = input.scope.map { "\($0)" } ?? "this"
    let wish = "\(input.title ?? "") \(input.location.words)\(input.startsAt == nil ? "" : " later")"
    let what = "\(occurrence.reference) \(scope) \(wish)"
    let answer = await ask(what) { [caller] in
      try await $0.events.update(occurrence.reference, input, caller: caller).event.reference
    }
    switch answer {
    case .accepted(let reference): series[index].change { expect(&$0, reference) }
    case .refused: break
    case .doubtful: series[index].isCertain = false
    }
  }

  private mutating func delete(
    _ index: Int,
    _ occurrence: CalendarEvent,
    _ scope: RecurrenceScope,
    _ week: Int
  ) async {
    let window = random.chance(0.5) ? 0 : Int.random(in: 1...30, using: &random)
    let answer = await ask("\(occurrence.reference) delete \(scope) in \(window)") { [caller] in
      try await $0.events.delete(
        occurrence.reference,
        scope: scope,
        occurrenceStart: nil,
        undoWindow: window,
        caller: caller
      )
    }
    switch answer {
    case .accepted:
      let gone = series[index].occurrences.filter { other, found in
        guard found.eventID == occurrence.seriesID else { return false }
        return scope == .all || other == week || (scope == .thisAndFollowing && other > week)
      }
      for week in gone.keys { series[index].occurrences[week] = nil }
      series[index].hidden = window > 0 ? (occurrence.reference, gone) : nil
    case .refused: break
    case .doubtful: series[index].isCertain = false
    }
  }

  private mutating func undo(
    _ index: Int,
    _ hidden: (reference: EventReference, occurrences: [Int: ExpectedSeries.Occurrence])
  ) async {
    series[index].hidden = nil
    let answer = await ask("\(hidden.reference) undo") { [caller] in
      try await $0.events.undoDeletion(hidden.reference, caller: caller)
    }
    switch answer {
    case .accepted: series[index].occurrences.merge(hidden.occurrences) { $1 }
    case .refused: break
    case .doubtful: series[index].isCertain = false
    }
  }
}

extension UpdateEventInput.Change<String> {
  fileprivate var words: String {
    if case .set(let value) = self { value ?? "nothing" } else { "" }
  }
}
