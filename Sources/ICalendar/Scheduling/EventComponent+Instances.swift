import Foundation

/// The recurrence as far as messages change it.
extension EventComponent {
  /// RECURRENCE-ID as it stands: an event that has one is never a series, readable or not.
  var recurrenceIDLine: ContentLine? { otherProperties.first { $0.isNamed("RECURRENCE-ID") } }

  /// The instance as the series has it; nil when the event is no series itself.
  ///
  /// Whether the series has such an instance is not looked at, see `hasInstance(at:)`.
  func instance(_ instance: RecurrenceID) -> EventComponent? {
    guard recurrenceIDLine == nil else { return nil }
    var own = InstanceKey(instance, in: timing).instance(in: timing)
    own.includesFollowing = instance.includesFollowing
    var event = self
    event.timing = timing.moved(to: own.time)
    event.keepRecurrence([])
    event.recurrenceID = own
    return event
  }

  /// Whether the series has an instance there; where looking for it was given up, it may have.
  func hasInstance(at key: InstanceKey) -> Bool {
    guard typedRecurrence.unread.isEmpty else { return true }
    let start = Date(timeIntervalSince1970: TimeInterval(key.order))
    let found = recurrenceSet.between(start, start.addingTimeInterval(1))
    return !found.occurrences.isEmpty || !found.isComplete
  }

  /// Takes instances out of the series (EXDATE).
  mutating func exclude(_ instances: [RecurrenceID]) {
    var recurrence = typedRecurrence
    let known = Set(recurrence.exclusions.map { InstanceKey(RecurrenceID($0), in: timing) })
    let new = instances.map { InstanceKey($0, in: timing) }.filter { !known.contains($0) }
    guard !new.isEmpty else { return }
    recurrence.exclusions += new.map { $0.instance(in: timing).time }
    typedRecurrence = recurrence
  }

  /// Adds instances to the series (RDATE).
  mutating func addInstances(_ instances: [RecurrenceID]) {
    var recurrence = typedRecurrence
    let known = Set(recurrence.dates.map { InstanceKey(RecurrenceID($0.start), in: timing) })
    let new = instances.map { InstanceKey($0, in: timing) }.filter { !known.contains($0) }
    guard !new.isEmpty else { return }
    recurrence.dates += new.map { RecurrenceDate($0.instance(in: timing).time) }
    typedRecurrence = recurrence
  }

  /// Ends the series before an instance, as a cancellation of that one and all later ones asks for.
  ///
  /// Where nothing is left the event is cancelled. It keeps its own revision: a later start may be on its way, with
  /// which something is left.
  mutating func end(before key: InstanceKey) {
    guard key.order > InstanceKey(RecurrenceID(timing.recurrenceStart), in: timing).order else {
      status = .cancelled
      return
    }
    var recurrence = typedRecurrence
    recurrence.rules = recurrence.rules.map { $0.ended(before: key, from: timing.recurrenceStart) }
    recurrence.dates.removeAll { InstanceKey(RecurrenceID($0.start), in: timing).order >= key.order }
    guard recurrence != typedRecurrence else { return }
    typedRecurrence = recurrence
  }
}

extension RecurrenceRule {
  /// The rule without its instances from one on; it stays as it is where it ends earlier by itself.
  fileprivate func ended(before key: InstanceKey, from start: RecurrenceTime) -> RecurrenceRule {
    let last: RecurrenceTime =
      switch key {
      case .day(let number): .date(CalendarDate(dayNumber: number - 1))
      case .second(let second):
        .zoned(ZonedDateTime(local: LocalDateTime(nominalSeconds: second - 1), zone: .utc))
      case .wall(let second): .floating(LocalDateTime(nominalSeconds: second - 1))
      }
    switch end {
    case .never:
      break
    case .until(let until):
      // A day has all its times.
      let reach = until.isDate && !last.isDate ? until.second + 86_399 : until.second
      if reach <= last.second { return self }
    case .count:
      guard let passed = count(before: key, from: start) else { return self }
      // Never more than it had: UNTIL would let a rule that has ended go on.
      return passed > 0 ? (try? ending(.count(passed))) ?? self : self
    }
    return (try? ending(.until(last))) ?? self
  }

  /// How many instances a rule with COUNT has before one; nil when it ends before, or in 100,000 instances has not come
  /// to it.
  private func count(before key: InstanceKey, from start: RecurrenceTime) -> Int? {
    var instances = RecurrenceSet(start: start, rules: [self]).makeIterator()
    for passed in 0..<100_000 {
      guard let instance = instances.next() else { return nil }
      if instance.second >= key.order { return passed }
    }
    return nil
  }
}
