extension EventSeries {
  /// The instance of an identifier, changed or not.
  ///
  /// - Parameter id: The instance's identifier, in any form and zone.
  /// - Returns: The instance, with its identifier in the series' form.
  /// - Throws: `EventSeriesError.notAnInstance`, also for one that EXDATE takes out.
  public func instance(at id: RecurrenceTime) throws(EventSeriesError) -> EventInstance {
    var cursor = ZoneCursor(recurrenceSet.start.zone)
    return instance(try occurrence(at: id), &cursor)
  }

  /// The series without one instance: EXDATE, and no override of it (RFC 5545 §3.8.5.1).
  ///
  /// - Parameter id: The instance's identifier.
  /// - Returns: The new series; SEQUENCE and DTSTAMP are the caller's.
  /// - Throws: `EventSeriesError.notAnInstance`.
  public func excluding(_ id: RecurrenceTime) throws(EventSeriesError) -> EventSeries {
    let occurrence = try occurrence(at: id)
    var master = master
    var recurrence = master.typedRecurrence
    recurrence.exclusions.append(recurrenceSet.time(of: occurrence))
    master.typedRecurrence = recurrence
    return EventSeries(master: master, overrides: overridesWithout(occurrence))
  }

  /// The series with one instance changed, or that and those after it.
  ///
  /// - Parameters:
  ///   - id: The instance's identifier.
  ///   - event: What the instance shall be; UID, RECURRENCE-ID and rules are set here.
  ///   - includesFollowing: Whether the change is for the instances after it too (RANGE=THISANDFUTURE).
  /// - Returns: The new series; SEQUENCE and DTSTAMP are the caller's.
  /// - Throws: `EventSeriesError.notAnInstance`.
  public func overriding(
    _ id: RecurrenceTime,
    with event: EventComponent,
    includesFollowing: Bool = false
  ) throws(EventSeriesError) -> EventSeries {
    let occurrence = try occurrence(at: id)
    var event = event
    event.uid = master.uid
    event.typedRecurrence = EventRecurrence()
    event.recurrenceID = RecurrenceID(
      recurrenceSet.time(of: occurrence),
      includesFollowing: includesFollowing
    )
    var others = overridesWithout(occurrence)
    // A new change for all that follow takes the place of the old one that went on from here.
    if includesFollowing {
      others.removeAll { $0.recurrenceID?.includesFollowing == true && isAfter($0, occurrence) }
    }
    return EventSeries(master: master, overrides: others + [event])
  }

  private func isAfter(_ event: EventComponent, _ occurrence: Occurrence) -> Bool {
    event.recurrenceID.map { recurrenceSet.occurrence(of: $0.time).second > occurrence.second } ?? false
  }

  /// The series cut in two: up to an instance, and from it on ("this and following").
  ///
  /// The first ends by UNTIL or COUNT. The second has the instance's original time as DTSTART, so that its rule makes the
  /// same instances, and a UID of its own; RDATE, EXDATE and overrides go where their times are, and a change for
  /// following instances that is in force at the cut is repeated in the second.
  ///
  /// - Parameters:
  ///   - id: The identifier of the second series' first instance.
  ///   - uid: The UID of the second series.
  /// - Returns: Both series; SEQUENCE and DTSTAMP are the caller's.
  /// - Throws: `EventSeriesError` when there is no such instance, it is the first, or the set cannot be divided there.
  public func splitting(
    at id: RecurrenceTime,
    uid: String
  ) throws(EventSeriesError) -> (before: EventSeries, after: EventSeries) {
    let cut = try occurrence(at: id)
    var iterator = recurrenceSet.makeIterator()
    guard let first = iterator.next(), first.second < cut.second else { throw .isFirstInstance }
    let old = master.typedRecurrence
    guard old.rules.count <= 1, old.exclusionRules.isEmpty else { throw .notDivisible }
    var (before, after) = (old, old)
    after.unread = []
    if let rule = old.rules.first {
      let parts = try divide(rule, at: cut)
      before.rules = [parts.before]
      after.rules = [parts.after]
    }
    func isBefore(_ time: RecurrenceTime) -> Bool {
      let other = recurrenceSet.occurrence(of: time)
      // A day among times takes away all that day's instances: it stays with both.
      return other.second < cut.second
    }
    before.dates = old.dates.filter { isBefore($0.start) }
    after.dates = old.dates.filter {
      !isBefore($0.start) && recurrenceSet.occurrence(of: $0.start).second != cut.second
    }
    let isDayAmongTimes = { (time: RecurrenceTime) in time.isDate && !recurrenceSet.start.isDate }
    before.exclusions = old.exclusions.filter { isBefore($0) || isDayAmongTimes($0) }
    after.exclusions = old.exclusions.filter { !isBefore($0) || isDayAmongTimes($0) }

    var (oldMaster, newMaster) = (master, master)
    oldMaster.typedRecurrence = before
    newMaster.typedRecurrence = after
    newMaster.uid = uid
    newMaster.timing = timing(of: cut, endsByClock: false)
    var (oldOverrides, newOverrides): ([EventComponent], [EventComponent]) = ([], [])
    for (index, event) in overrides.enumerated() {
      if ids[index].second < cut.second { oldOverrides.append(event) } else { newOverrides.append(event) }
    }
    if let index = range(at: cut.second), ids[index].second < cut.second {
      newOverrides += carried(index, past: cut.second - 1)
    }
    for index in newOverrides.indices { newOverrides[index].uid = uid }
    return (
      EventSeries(master: oldMaster, overrides: oldOverrides),
      EventSeries(master: newMaster, overrides: newOverrides)
    )
  }

  /// The rule up to an instance and from it on.
  private func divide(
    _ rule: RecurrenceRule,
    at cut: Occurrence
  ) throws(EventSeriesError) -> (before: RecurrenceRule, after: RecurrenceRule) {
    // Where the rule does not make the instance, DTSTART there would begin another count of periods.
    let compiled = CompiledRule(rule, start: recurrenceSet.start.wall)
    let rule = compiled.scaledDays?.spelledOut(rule) ?? rule
    let patience = recurrenceSet.limits.emptyPeriods
    var onward = RuleIterator(compiled, from: cut.wall, last: cut.wall, patience: patience)
    guard onward.next() == cut.wall, cut.dateIndex < 0 else { throw .notDivisible }
    do {
      guard case .count(let count) = rule.end else {
        let last = recurrenceSet.start.isDate ? cut.second - 86_400 : cut.second - 1
        var until = recurrenceSet.start.sameForm(second: last)
        if case .zoned = until {
          until = .zoned(ZonedDateTime(local: LocalDateTime(nominalSeconds: last), zone: .utc))
        }
        return (try rule.ending(.until(until)), rule)
      }
      var walls = RuleIterator(compiled, from: compiled.start, last: cut.wall - 1, patience: patience)
      var passed = 0
      var isFirst = true
      while let wall = walls.next() {
        // DTSTART counts, also where the rule does not make it (RFC 5545 §3.3.10).
        if isFirst, wall != compiled.start { passed += 1 }
        isFirst = false
        passed += 1
        guard passed < count else { break }
      }
      if isFirst { passed = 1 }
      let after = try rule.ending(.count(count - passed), untilBesideCount: rule.untilBesideCount)
      return (try rule.ending(.count(passed)), after)
    } catch {
      throw .notDivisible
    }
  }

  /// The instance of an identifier, changed or not.
  private func occurrence(at id: RecurrenceTime) throws(EventSeriesError) -> Occurrence {
    let wanted = recurrenceSet.occurrence(of: id)
    var iterator = RecurrenceIterator(
      recurrenceSet,
      InstantSpan(first: wanted.second, end: wanted.second + 1)
    )
    if let found = iterator.next(), found.second == wanted.second { return found }
    guard override(at: wanted) != nil else { throw .notAnInstance(id) }
    return wanted
  }

  /// The overrides but the one of an instance; where that was for following ones too, the next instance takes it on.
  private func overridesWithout(_ occurrence: Occurrence) -> [EventComponent] {
    guard let index = override(at: occurrence) else { return overrides }
    var rest = overrides
    rest.remove(at: index)
    if ranges.contains(index) { rest += carried(index, past: occurrence.second) }
    return rest
  }

  /// An override for following instances, as the first instance after an instant has it.
  private func carried(_ index: Int, past second: Int) -> [EventComponent] {
    var iterator = RecurrenceIterator(recurrenceSet, InstantSpan(first: second + 1, end: nil))
    while let next = iterator.next() {
      // Another one takes over, or the instance has its own: the one after it then.
      if let other = override(at: next) {
        if ranges.contains(other) { return [] }
        continue
      }
      var event = event(for: EventInstance(next, of: self, override: index))
      event.recurrenceID?.includesFollowing = true
      return [event]
    }
    return []
  }
}
