package import CalendarCore
import ICalendar

extension RecurringEvent {
  /// The exceptions after the series has become another one.
  ///
  /// Each keeps what was changed about it and takes everything else from the new series: its time, too, unless it had one
  /// of its own. Where the series was moved they are named by their new original starts.
  ///
  /// - Parameter new: The new series; its id may be another one.
  /// - Returns: The exceptions to keep, no longer agreed with the provider, and as they were those that
  ///   are no occurrence of the new series.
  package func exceptions(
    following new: CalendarEvent
  ) -> (kept: [CalendarEvent], dropped: [CalendarEvent]) {
    guard new.isRecurring else { return ([], exceptions) }
    let move = SeriesMove(from: master.content, to: new.content)
    let next = RecurringEvent(new, exceptions: [])
    var (kept, dropped): ([CalendarEvent], [CalendarEvent]) = ([], [])
    var taken: Set<OriginalStart> = []
    for exception in exceptions {
      guard let start = exception.originalStart else { continue }
      let before = instance(start)
      let way = before == nil ? move.byDaysAlone : move
      let name = way(start, from: master.timing, to: new.timing)
      // What was no occurrence before, and is there all the same, is not taken away either.
      guard before == nil || next.instance(name) != nil, taken.insert(name).inserted else {
        dropped.append(exception)
        continue
      }
      let (old, now) = (before.map(plain), next.instance(name).map(next.plain))
      kept.append(following(exception, as: name, from: old, to: now, of: new))
    }
    return (kept, dropped)
  }

  /// How an occurrence is named after the series has become another one; nil if it is none of that.
  func name(of start: OriginalStart, in new: CalendarEvent) -> OriginalStart? {
    guard new.isRecurring else { return nil }
    let name = SeriesMove(from: master.content, to: new.content)(start, from: master.timing, to: new.timing)
    return RecurringEvent(new, exceptions: []).instance(name) == nil ? nil : name
  }

  private func following(
    _ exception: CalendarEvent,
    as name: OriginalStart,
    from old: CalendarEvent?,
    to now: CalendarEvent?,
    of new: CalendarEvent
  ) -> CalendarEvent {
    var event = exception.droppedByProvider()
    var (base, theirs) = ((old ?? master).editable, (now ?? new).editable)
    // Without an occurrence on both sides there is no time to follow.
    if old == nil || now == nil {
      base.content.timing = exception.timing
      theirs.content.timing = exception.timing
    }
    base.content.recurrence = []
    theirs.content.recurrence = []
    event.editable = EventMerge(base: base, mine: exception.editable, theirs: theirs).merged { _ in .mine }
    if event.editable != exception.editable { event.version += 1 }
    event.seriesID = new.id
    event.originalStart = name
    event.iCalUID = new.iCalUID
    event.sequence = max(exception.sequence, new.sequence)
    event.accountID = new.accountID
    event.channelID = new.channelID
    event.updatedAt = new.updatedAt
    // Under another name it is another occurrence there.
    if exception.seriesID != new.id || exception.originalStart != name { event.push = PushState() }
    return event
  }
}
