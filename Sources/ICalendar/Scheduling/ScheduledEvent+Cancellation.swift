/// The effects of a CANCEL (RFC 5546 §3.2.5).
extension ScheduledEvent {
  mutating func receiveCancellation(_ part: MessageComponent, _ reader: MessageReader) -> SchedulingOutcome {
    let isKnown = !components.isEmpty
    let isMeant = part.attendees.contains { reader.recipients.contains($0.user.key) }
    let outcome: SchedulingOutcome
    if !part.isCancelled, !isMeant, !part.attendees.isEmpty {
      outcome = receiveRemoval(part)
    } else if let instance = part.instance {
      let key = key(of: instance)
      outcome =
        instance.includesFollowing
        ? receiveEnd(at: key, part.revision) : receiveCancellation(of: key, part.revision)
    } else {
      outcome = receiveCancellation(ofAll: part.revision)
    }
    // It is remembered all the same: the request may be on its way.
    if case .ignored = outcome { return outcome }
    return isKnown ? outcome : .ignored(.unknownEvent)
  }

  private mutating func receiveCancellation(ofAll revision: Revision) -> SchedulingOutcome {
    let isCancelled = components.allSatisfy { $0.status == .cancelled }
    if let known = seriesRevision {
      if revision < known { return .ignored(.stale(known: known)) }
      if revision == known, isCancelled { return .ignored(.duplicate) }
    }
    memory.series = revision
    memory.forget(before: revision)
    updateSeries { $0.cancel(at: revision) }
    updateOverrides { override, _ in
      if revision.replaces(instance: override.revision) { override.status = .cancelled }
    }
    return .cancelled
  }

  private mutating func receiveCancellation(
    of key: InstanceKey,
    _ revision: Revision
  ) -> SchedulingOutcome {
    if let reason = reasonToIgnore(key, at: revision, sent: revision, cancels: true) {
      return .ignored(reason)
    }
    memory.cancellations[key] = revision
    return hasInstance(key) ? .cancelled : .ignored(.unknownInstance)
  }

  private mutating func receiveEnd(at key: InstanceKey, _ revision: Revision) -> SchedulingOutcome {
    if let reason = reasonToIgnore(besideSeries: revision) { return .ignored(reason) }
    if let known = memory.ends[key], revision <= known {
      return .ignored(revision == known ? .duplicate : .stale(known: known))
    }
    memory.ends[key] = revision
    return .cancelled
  }

  private mutating func receiveRemoval(_ part: MessageComponent) -> SchedulingOutcome {
    if let reason = reasonToIgnore(besideSeries: part.revision) { return .ignored(reason) }
    var removed: [String] = []
    for attendee in part.attendees {
      let place = SchedulingMemory.Part(
        address: attendee.user.key,
        instance: part.instance.map { key(of: $0) }
      )
      if let known = memory.removals[place], known >= part.revision { continue }
      memory.removals[place] = part.revision
      removed.append(attendee.user.address)
    }
    return removed.isEmpty ? .ignored(.duplicate) : .uninvited(removed)
  }
}

extension EventComponent {
  /// Calls the event off.
  mutating func cancel(at revision: Revision) {
    status = .cancelled
    sequence = revision.sequence
    dtstamp = revision.dtstamp
  }
}
