import CalendarCore
import CalendarService
import Foundation
import ICalendar
import TestSupport
import Testing

/// Properties of merging that hold for any two sets of changes to a meeting.
@Suite(.timeLimit(.minutes(5))) struct EventMergePropertyTests {
  struct Case {
    let base: EventVersion
    let mine: EventVersion
    let theirs: EventVersion
    let merge: EventMerge
    let winners: [EventField: EventMerge.Side]

    func winner(_ field: EventField) -> EventMerge.Side { winners[field] ?? .mine }
    var merged: EventVersion { merge.merged(winner) }
  }

  /// Many meetings, each changed on both sides.
  static func forEach(_ check: (Int, Case) throws -> Void) rethrows {
    for seed in 0..<600 {
      var random = SeededRandom(seed: UInt64(seed))
      let start = RandomMeeting().changed(&random, isProvider: true)
      let mine = start.changed(&random, isProvider: false).version
      let theirs = start.changed(&random, isProvider: true).version
      let merge = EventMerge(base: start.version, mine: mine, theirs: theirs)
      let winners = EventField.allCases.map { ($0, random.pick(EventMerge.Side.allCases)) }
      try check(
        seed,
        Case(
          base: start.version,
          mine: mine,
          theirs: theirs,
          merge: merge,
          winners: Dictionary(uniqueKeysWithValues: winners)
        )
      )
    }
  }

  @Test func `what only one side changed is kept to the letter`() {
    Self.forEach { seed, it in
      let onlyMine = EventMerge(base: it.base, mine: it.mine, theirs: it.base)
      #expect(onlyMine.contested.isEmpty)
      #expect(onlyMine.merged { _ in .theirs }.sorted == it.mine.sorted, "\(seed)")
      let onlyTheirs = EventMerge(base: it.base, mine: it.base, theirs: it.theirs)
      #expect(onlyTheirs.contested.isEmpty)
      #expect(onlyTheirs.merged { _ in .mine } == it.theirs, "\(seed)")
    }
  }

  @Test func `no change of one side is lost while the other side changes something else`() {
    Self.forEach { seed, it in
      let (ours, others) = (
        EventMerge.difference(from: it.base, to: it.mine), EventMerge.difference(from: it.base, to: it.theirs)
      )
      let merged = it.merged
      func check<Value: Equatable>(_ field: EventField, _ value: (EventVersion) -> Value) {
        guard !it.merge.contested.contains(field) else { return }
        let (before, my, their) = (value(it.base), value(it.mine), value(it.theirs))
        if my != before, !others.contains(field) { #expect(value(merged) == my, "\(seed) \(field)") }
        if their != before, !ours.contains(field) { #expect(value(merged) == their, "\(seed) \(field)") }
      }
      check(.title, \.content.title)
      check(.details, \.content.details)
      check(.location, \.content.location)
      check(.timing, \.content.timing)
      check(.conference, \.conference)
      // A rule that is moved along by the other side is not compared by its days.
      if it.mine.content.timing == it.theirs.content.timing { check(.recurrence, \.days) }
    }
  }

  @Test func `a rule that one side changed goes on at the time that the other side chose`() {
    var found = 0
    Self.forEach { seed, it in
      let (mine, theirs, base) = (it.mine.content, it.theirs.content, it.base.content)
      guard mine.timing != base.timing, theirs.timing == base.timing, it.mine.days == it.base.days,
        it.theirs.days != it.base.days, it.merge.contested.isEmpty
      else { return }
      found += 1
      #expect(it.merged.content.timing == mine.timing, "\(seed)")
      #expect(it.merged.days == it.theirs.days, "\(seed)")
    }
    #expect(found > 1)
  }

  @Test func `every guest is treated as the one side says that changed something`() {
    Self.forEach { seed, it in
      let merged = it.merged
      let expected = it.base.guests.intersection(it.mine.guests).intersection(it.theirs.guests)
        .union(it.mine.guests.subtracting(it.base.guests))
        .union(it.theirs.guests.subtracting(it.base.guests))
      #expect(merged.guests == expected, "\(seed)")
      #expect(merged.content.attendees.count == expected.count)
      for address in expected {
        let guest = merged.guest(address)
        if let my = it.mine.guest(address), let name = my.displayName { #expect(guest?.displayName == name) }
        // Who was removed and asked again has not answered yet.
        let before = it.base.guest(address)?.responseStatus ?? .needsAction
        if let their = it.theirs.guest(address), their.responseStatus != before {
          #expect(guest?.responseStatus == their.responseStatus)
        }
      }
      let order = it.theirs.content.attendees.map(\.handle).filter(expected.contains)
      #expect(Array(merged.content.attendees.map(\.handle).prefix(order.count)) == order)
    }
  }

  @Test func `merging what was merged changes nothing`() {
    Self.forEach { seed, it in
      let merged = it.merged
      let again = EventMerge(base: it.base, mine: merged, theirs: it.theirs)
      #expect(again.merged(it.winner) == merged, "\(seed)")
      #expect(Set(again.contested).isSubset(of: it.merge.contested), "\(seed)")
      let settled = EventMerge(base: merged, mine: merged, theirs: merged)
      #expect(settled.merged(it.winner) == merged && settled.contested.isEmpty, "\(seed)")
    }
  }

  @Test func `both sides come to the same`() {
    Self.forEach { seed, it in
      let swapped = EventMerge(base: it.base, mine: it.theirs, theirs: it.mine)
      #expect(swapped.contested == it.merge.contested, "\(seed)")
      let there = swapped.merged { it.winner($0) == .mine ? .theirs : .mine }
      #expect(EventMerge.difference(from: it.merged, to: there).subtracting([.attendees]).isEmpty, "\(seed)")
      #expect(it.merged.guests == there.guests, "\(seed)")
      #expect(it.merged.days == there.days, "\(seed)")
    }
  }

  @Test func `once a side is told the difference there is none`() {
    Self.forEach { seed, it in
      let merged = it.merged
      let fields = EventMerge.difference(from: it.theirs, to: merged)
      var told = it.theirs
      for field in fields {
        switch field {
        case .title: told.content.title = merged.content.title
        case .details: told.content.details = merged.content.details
        case .location: told.content.location = merged.content.location
        case .timing: told.content.timing = merged.content.timing
        case .recurrence: told.content.recurrence = merged.content.recurrence
        case .attendees: told.content.attendees = merged.content.attendees
        case .conference: told.conference = merged.conference
        }
      }
      #expect(EventMerge.difference(from: told, to: merged).isEmpty, "\(seed)")
      #expect(told.days == merged.days, "\(seed)")
    }
  }

  @Test func `a strategy decides contested fields and no others`() {
    var seen: Set<EventField> = []
    Self.forEach { seed, it in
      let mine = it.merge.merged { _ in .mine }
      let theirs = it.merge.merged { _ in .theirs }
      let contested = Set(it.merge.contested)
      seen.formUnion(contested)
      var free = Set(EventField.allCases).subtracting(contested)
      // What is left out moves along with the time.
      if contested.contains(.timing) { free.remove(.recurrence) }
      #expect(EventMerge.difference(from: mine, to: theirs).isDisjoint(with: free), "\(seed)")
      let (ours, others) = (
        EventMerge.difference(from: it.base, to: it.mine), EventMerge.difference(from: it.base, to: it.theirs)
      )
      // Time and recurrence are contested together where one side changed this, the other that.
      for field in contested where !contested.isSuperset(of: [.timing, .recurrence]) {
        guard field != .recurrence else {
          #expect(it.mine.content.recurrence != it.base.content.recurrence)
          #expect(it.theirs.content.recurrence != it.base.content.recurrence)
          continue
        }
        #expect(ours.contains(field) && others.contains(field), "\(seed) \(field)")
      }
      for field in contested {
        if field == .timing { #expect(mine.content.timing == it.mine.content.timing) }
        if field == .title { #expect(theirs.content.title == it.theirs.content.title) }
      }
    }
    #expect(seen == Set(EventField.allCases).subtracting([.attendees]))
  }

  @Test func `what comes out is a meeting that calendars understand`() {
    Self.forEach { seed, it in
      let content = it.merged.content
      #expect(throws: Never.self, "\(seed)") {
        try RecurrenceRules.normalized(content.recurrence, timing: content.timing)
      }
      #expect(content.recurrence.filter { $0.hasPrefix("RRULE") }.count <= 1)
    }
  }
}
