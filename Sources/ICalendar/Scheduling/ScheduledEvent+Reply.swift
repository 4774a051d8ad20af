import Foundation

/// The effects of an attendee's REPLY (RFC 5546 §3.2.3).
extension ScheduledEvent {
  mutating func receiveReply(_ part: MessageComponent, _ reader: MessageReader) -> SchedulingOutcome {
    guard let current = target(of: part) else { return .ignored(unknown) }
    let attendee: Attendee
    switch reader.attendee(of: part) {
    case .failure(let failure): return .ignored(failure.reason)
    case .success(let found): attendee = found
    }
    guard part.revision.sequence >= current.sequence else {
      return .ignored(.earlierSequence(answered: part.revision.sequence, current: current.sequence))
    }
    let revision = reader.revision(of: part)
    let instance = part.instance.map { key(of: $0) }
    let own = SchedulingMemory.Part(
      address: attendee.user.key,
      instance: instance,
      includesFollowing: part.instance?.includesFollowing ?? false ? true : nil
    )
    if let known = memory.answers[own]?.revision, revision <= known {
      return .ignored(revision == known ? .duplicate : .stale(known: known))
    }
    // A later answer to the whole event is one to all its instances.
    let whole = SchedulingMemory.Part(address: attendee.user.key, instance: nil)
    if let known = memory.answers[whole]?.revision, revision < known { return .ignored(.stale(known: known)) }
    let answer = AttendeeAnswer(attendee, part, revision)
    if own.includesFollowing != nil, let instance { keepInstances(before: instance, since: revision.dtstamp) }
    memory.answers[own] = answer
    settleAnswers()
    if isInvited(own.address, to: instance) { return .answered(answer) }
    memory.forgetUninvited(but: Set(components.flatMap(\.attendees).map(\.user.key)))
    return .crashed(answer)
  }

  /// Whether the address is an attendee's, of the instance or of any; a delegate is one once the delegator has said so.
  private func isInvited(_ address: String, to instance: InstanceKey?) -> Bool {
    let events = instance.map { [override(at: $0) ?? series].compactMap(\.self) } ?? components
    return events.contains { $0.attendees.contains { $0.user.key == address } }
  }

  /// Gives the instances before one components of their own, since the series is about to say what is for that one and
  /// the later ones (RFC 5545 §3.2.13).
  ///
  /// Of those that were over when the answer was sent nobody asks.
  private mutating func keepInstances(before key: InstanceKey, since instant: Date) {
    guard let series else { return }
    let end = Date(timeIntervalSince1970: TimeInterval(key.order))
    guard instant < end else { return }
    for instance in EventSeries(master: series).between(instant, end).instances.prefix(500) {
      let earlier = self.key(of: RecurrenceID(instance.id))
      guard earlier.order < key.order, override(at: earlier) == nil,
        let own = series.instance(earlier.instance(in: series.timing))
      else { continue }
      setOverride(own, at: earlier)
    }
  }

  /// Makes attendees and answers what all that is remembered says, in whatever order it came.
  mutating func settleAnswers() {
    guard !memory.answers.isEmpty else { return }
    let answers = SettledAnswers(memory)
    updateSeries { $0.take(answers.toSeries) }
    updateOverrides { override, key in override.take(answers.answers(to: key)) }
    for key in answers.instances where override(at: key) == nil {
      guard let series, series.hasInstance(at: key),
        var own = series.instance(key.instance(in: series.timing))
      else { continue }
      own.take(answers.answers(to: key))
      if Set(own.attendees) != Set(series.attendees) { setOverride(own, at: key) }
    }
  }
}

extension EventComponent {
  /// Takes over answers, and invites those to whom attendees delegate, and no others whom they once delegated to.
  fileprivate mutating func take(_ answers: [String: AttendeeAnswer]) {
    // An answer to an earlier revision is no answer to this one.
    let answers = answers.filter { $0.value.revision.sequence >= sequence }
    guard !answers.isEmpty else { return }
    var delegates: [String: Attendee] = [:]
    attendees = attendees.compactMap { attendee in
      let delegators = attendee.addresses("DELEGATED-FROM")
      let own = attendee.user.key
      // Some name guests as their own delegators, who do not go when they answer.
      let rest = delegators.filter {
        answers[CalendarUser.key(of: $0)] == nil || CalendarUser.key(of: $0) == own
      }
      guard rest.count < delegators.count else { return attendee }
      var attendee = attendee
      attendee.setAddresses("DELEGATED-FROM", rest)
      if rest.isEmpty { delegates[attendee.user.key] = attendee }
      return rest.isEmpty ? nil : attendee
    }
    var next = 0
    // Delegates are added at the end, and are asked for their own answers there.
    while next < attendees.count {
      defer { next += 1 }
      guard let answer = answers[attendees[next].user.key] else { continue }
      attendees[next].take(answer)
      guard answer.status == .delegated else { continue }
      for address in answer.delegates { invite(address, for: attendees[next], knownAs: delegates) }
    }
  }

  /// Invites a delegate, who may be one of another attendee already.
  private mutating func invite(
    _ address: String,
    for delegator: Attendee,
    knownAs delegates: [String: Attendee]
  ) {
    let key = CalendarUser.key(of: address)
    if let index = attendees.firstIndex(where: { $0.user.key == key }) {
      let delegators = attendees[index].addresses("DELEGATED-FROM")
      // A guest whom the organizer invited stays invited, even if another guest delegates to them.
      guard !delegators.isEmpty,
        !delegators.contains(where: { CalendarUser.key(of: $0) == delegator.user.key })
      else { return }
      attendees[index].setAddresses("DELEGATED-FROM", delegators + [delegator.user.address])
      return
    }
    var attendee = delegates[key] ?? Attendee(user: CalendarUser(address: address), role: delegator.role)
    attendee.setAddresses("DELEGATED-FROM", [delegator.user.address])
    attendees.append(attendee)
  }
}
