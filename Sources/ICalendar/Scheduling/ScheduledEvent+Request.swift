/// The effects of an organizer's REQUEST, PUBLISH or ADD (RFC 5546 §3.2.1, §3.2.2, §3.2.4).
extension ScheduledEvent {
  mutating func receiveRequest(
    _ event: EventComponent,
    _ part: MessageComponent,
    _ reader: MessageReader
  ) -> SchedulingOutcome {
    guard let instance = part.instance else { return receiveSeries(event, reader) }
    return receiveInstance(event, key(of: instance), sent: reader.revision(of: event), reader)
  }

  private mutating func receiveSeries(_ event: EventComponent, _ reader: MessageReader) -> SchedulingOutcome {
    if let known = seriesRevision, event.revision <= known {
      return .ignored(event.revision == known ? .duplicate : .stale(known: known))
    }
    let previous = series
    memory.series = event.revision
    memory.forget(before: event.revision)
    setSeries(event.received(over: previous, reader))
    // The message tells of all instances that are not as the rule has them: what was said of them before is void.
    removeOverrides { override, _ in event.revision.replaces(instance: override.revision) }
    return previous.map { .updated(isRescheduled: event.sequence > $0.sequence) } ?? .created
  }

  private mutating func receiveInstance(
    _ event: EventComponent,
    _ key: InstanceKey,
    sent revision: Revision,
    _ reader: MessageReader
  ) -> SchedulingOutcome {
    if let reason = reasonToIgnore(key, at: event.revision, sent: revision) { return .ignored(reason) }
    let previous = override(at: key) ?? reader.stored.override(at: key)
    memory.cancellations[key] = nil
    var override = event.received(over: previous, reader)
    if previous == nil, let series { override.keepOwn(of: series) }
    setOverride(override, at: key)
    guard let previous, previous.status != .cancelled else { return .created }
    return .updated(isRescheduled: event.sequence > previous.sequence)
  }

  mutating func receiveAddition(_ event: EventComponent, _ reader: MessageReader) -> SchedulingOutcome {
    // An addition is one instance, as if an RDATE named it; a rule would be a second series.
    guard event.recurrenceIDLine == nil else {
      return .ignored(.unreadable(.invalid(property: "RECURRENCE-ID")))
    }
    guard event.recurrence.isEmpty else { return .ignored(.unsupportedAddition) }
    // What is added is named by its start from here on, in the guest's reply as well.
    guard event.timing.recurrenceStart.canNameInstance else {
      return .ignored(.unreadable(.invalid(property: "DTSTART")))
    }
    let instance = RecurrenceID(event.timing.recurrenceStart)
    var override = event
    override.recurrenceID = instance
    let key = key(of: instance)
    let outcome = receiveInstance(override, key, sent: event.revision, reader)
    if case .ignored = outcome { return outcome }
    memory.additions[key] = event.revision
    return .added(needsRefresh: series == nil)
  }

  /// Why a message about an instance changes nothing; nil when it is news.
  ///
  /// Against other instances' and the series' messages counts when it was `sent`, against those about the same instance
  /// its `revision`. A cancellation wins over a request that is neither older nor newer.
  func reasonToIgnore(
    _ key: InstanceKey,
    at revision: Revision,
    sent: Revision,
    cancels: Bool = false
  ) -> SchedulingOutcome.Reason? {
    if let reason = reasonToIgnore(besideSeries: sent) { return reason }
    for (end, known) in memory.ends where end.order <= key.order && known.replaces(instance: sent) {
      return .stale(known: known)
    }
    if let known = memory.cancellations[key], revision <= known {
      return revision == known ? .duplicate : .stale(known: known)
    }
    if let known = override(at: key)?.revision, cancels ? revision < known : revision <= known {
      return revision == known ? .duplicate : .stale(known: known)
    }
    return nil
  }

  /// Why a message about a part of the event changes nothing, since a later one about the whole is known.
  func reasonToIgnore(besideSeries revision: Revision) -> SchedulingOutcome.Reason? {
    guard let known = seriesRevision, known.replaces(instance: revision) else { return nil }
    // Without memory the stored DTSTAMP may be of the last storing: a raised SEQUENCE is news whatever it says.
    guard memory.series != nil || known.sequence >= revision.sequence else { return nil }
    return .stale(known: known)
  }
}

extension EventComponent {
  /// The event as a calendar takes it from a message, with what is the owner's own.
  ///
  /// Alarms and TRANSP are nobody else's: a REQUEST's alarms are not taken, and TRANSP only the first time. An answer
  /// stays where nothing was rescheduled and the organizer has none yet.
  fileprivate func received(over previous: EventComponent?, _ reader: MessageReader) -> EventComponent {
    var event = self
    if reader.message.method != .publish { event.otherComponents.removeAll { $0.name == "VALARM" } }
    guard let previous else { return event }
    event.keepOwn(of: previous)
    guard previous.sequence == sequence else { return event }
    for index in event.attendees.indices where event.attendees[index].participationStatus == .needsAction {
      let key = event.attendees[index].user.key
      guard reader.recipients.contains(key),
        let own = previous.attendees.first(where: { $0.user.key == key })
      else { continue }
      event.attendees[index].participationStatus = own.participationStatus
    }
    return event
  }

  /// Takes alarms and TRANSP of what is stored.
  fileprivate mutating func keepOwn(of previous: EventComponent) {
    let alarms = previous.otherComponents.filter { $0.name == "VALARM" }
    if !alarms.isEmpty { otherComponents = otherComponents.filter { $0.name != "VALARM" } + alarms }
    transparency = previous.transparency ?? transparency
  }
}
