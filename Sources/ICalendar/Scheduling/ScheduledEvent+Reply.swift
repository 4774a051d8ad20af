/// What an attendee's REPLY does (RFC 5546 §3.2.3).
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
    let instance = part.instance.map { key(of: $0) }
    let own = SchedulingMemory.Part(address: attendee.user.key, instance: instance)
    let whole = SchedulingMemory.Part(address: attendee.user.key, instance: nil)
    // An answer to the whole event is one to all its instances.
    let known = [memory.answers[own], memory.answers[whole]].compactMap { $0?.revision }.max()
    if let known, part.revision <= known {
      return .ignored(part.revision == known ? .duplicate : .stale(known: known))
    }
    let answer = AttendeeAnswer(attendee, part)
    guard isInvited(own.address, to: instance) else {
      memory.remember(uninvited: answer, own, invited: invited)
      return .crashed(answer)
    }
    memory.answers[own] = answer
    apply(answer, own)
    return .answered(answer)
  }

  /// The addresses of all attendees, of whatever instance.
  private var invited: Set<String> { Set(components.flatMap(\.attendees).map(\.user.key)) }

  /// Whether the address is an attendee's, of the instance or of any; a delegate is one once the delegator has said so.
  private func isInvited(_ address: String, to instance: InstanceKey?) -> Bool {
    guard let instance else { return invited.contains(address) }
    let event = override(at: instance) ?? series
    return event?.attendees.contains { $0.user.key == address } ?? false
  }

  private mutating func apply(_ answer: AttendeeAnswer, _ part: SchedulingMemory.Part) {
    let before = invited
    if let key = part.instance {
      let others = answers(at: key)
      updateOverride(at: key) { $0.take(answer, others) }
    } else {
      let others = answers(at: nil)
      updateSeries { $0.take(answer, others) }
      for key in overrides.compactMap({ self.key(of: $0) }) {
        let own = memory.answers[SchedulingMemory.Part(address: part.address, instance: key)]
        if let own, own.revision > answer.revision { continue }
        guard let override = override(at: key), override.sequence <= answer.revision.sequence else {
          continue
        }
        let others = answers(at: key)
        updateOverride(at: key) { $0.take(answer, others) }
      }
    }
    applyAnswers(of: invited.subtracting(before))
  }

  /// Does what delegates answered about single instances before they were known to be delegates.
  private mutating func applyAnswers(of delegates: Set<String>) {
    guard !delegates.isEmpty else { return }
    let early = memory.answers.filter { $0.key.instance != nil && delegates.contains($0.key.address) }
    for (part, answer) in early.sorted(by: { $0.value.revision < $1.value.revision }) {
      guard let key = part.instance, hasInstance(key), isInvited(part.address, to: key) else { continue }
      let whole = memory.answers[SchedulingMemory.Part(address: part.address, instance: nil)]
      let current = override(at: key) ?? series
      if let whole, whole.revision > answer.revision { continue }
      guard let current, current.sequence <= answer.revision.sequence else { continue }
      apply(answer, part)
    }
  }

  /// The newest answer of everybody, to the instance or to all.
  private func answers(at key: InstanceKey?) -> [String: AttendeeAnswer] {
    var answers: [String: AttendeeAnswer] = [:]
    for (part, answer) in memory.answers where part.instance == nil || part.instance == key {
      guard let other = answers[part.address], other.revision > answer.revision else {
        answers[part.address] = answer
        continue
      }
    }
    return answers
  }
}

extension EventComponent {
  /// Takes over an answer, and invites or uninvites those to whom it delegates.
  ///
  /// A delegate's own answer may have come before the delegation: it is among `others`.
  fileprivate mutating func take(_ answer: AttendeeAnswer, _ others: [String: AttendeeAnswer]) {
    let key = CalendarUser.key(of: answer.address)
    guard let index = attendees.firstIndex(where: { $0.user.key == key }) else { return }
    let before = attendees[index].addresses("DELEGATED-TO").map { CalendarUser.key(of: $0) }
    attendees[index].take(answer)
    let delegator = attendees[index]
    let delegates = delegator.addresses("DELEGATED-TO")
    let keys = delegates.map { CalendarUser.key(of: $0) }
    for old in before where !keys.contains(old) { removeDelegate(old, of: key) }
    for delegate in delegates
    where !attendees.contains(where: { $0.user.key == CalendarUser.key(of: delegate) }) {
      var attendee = Attendee(user: CalendarUser(address: delegate), role: delegator.role)
      attendee.setAddresses("DELEGATED-FROM", [delegator.user.address])
      attendees.append(attendee)
      if let own = others[attendee.user.key], own.revision.sequence >= sequence { take(own, others) }
    }
  }
  /// Removes somebody who was there in another's stead only, and who came in that one's stead.
  private mutating func removeDelegate(_ key: String, of delegator: String) {
    guard
      let index = attendees.firstIndex(where: { $0.user.key == key }),
      attendees[index].addresses("DELEGATED-FROM").map({ CalendarUser.key(of: $0) }) == [delegator]
    else { return }
    let delegates = attendees.remove(at: index).addresses("DELEGATED-TO")
    for delegate in delegates { removeDelegate(CalendarUser.key(of: delegate), of: key) }
  }
}
