extension ScheduledEvent {
  /// Applies a message to what is stored.
  ///
  /// Nothing else changes: whether to trust the message, to answer or to ask is for the caller. See `violations` for
  /// whether the message is as it must be; here is taken what makes sense.
  ///
  /// - Parameters:
  ///   - message: The message.
  ///   - recipients: The addresses of the calendar's owner, to whom a cancellation may be meant.
  ///   - sender: The address that an answer or question came from, where that is sure; nil believes the message.
  /// - Returns: The event as it is now, and what became of each event in the message.
  public func receiving(
    _ message: SchedulingMessage,
    for recipients: Set<String>,
    from sender: String? = nil
  ) -> Reception {
    let reader = MessageReader(message, stored: self, recipients: recipients, sender: sender)
    var event = self
    var outcomes = [SchedulingOutcome](repeating: .ignored(.duplicate), count: reader.parts.count)
    // The part about the whole comes first: its own instances are newer than what it replaces.
    if let whole = reader.whole { outcomes[whole] = event.receive(reader.parts[whole], reader) }
    for (index, part) in reader.parts.enumerated() where index != reader.whole {
      if case .success(let part) = part, part.uid == uid, part.instance == nil { continue }
      outcomes[index] = event.receive(part, reader)
    }
    event.settle()
    return Reception(event: event, outcomes: outcomes, hasChanges: event.components != components)
  }

  private mutating func receive(
    _ part: Result<MessageComponent, ICalendarError>,
    _ reader: MessageReader
  ) -> SchedulingOutcome {
    do {
      let part = try part.get()
      guard part.uid == uid else { return .ignored(.otherUID) }
      // A reply is known by its UID and its attendee: mail programs spell its organizer as they please.
      if reader.message.method != .reply, reader.namesOtherOrganizer(part) {
        return .ignored(.otherOrganizer)
      }
      // The owner's own event is changed by the owner, and not by email that says so.
      let isOwn = [reader.stored.organizer, reader.organizer].contains {
        reader.recipients.contains($0?.key ?? "")
      }
      if isOwn, Self.organizerMethods.contains(reader.message.method) { return .ignored(.ownEvent) }
      switch reader.message.method {
      case .request, .publish: return receiveRequest(try reader.organizedEvent(part), part, reader)
      case .add: return receiveAddition(try reader.organizedEvent(part), reader)
      case .cancel: return receiveCancellation(part, reader)
      case .reply: return receiveReply(part, reader)
      case .counter: return receiveCounter(try reader.event(part), part, reader)
      case .refresh: return receiveRefresh(part, reader)
      case .declineCounter:
        return components.isEmpty
          ? .ignored(.unknownEvent) : .counterDeclined(comment: part.comment)
      }
    } catch {
      return .ignored(.unreadable(error))
    }
  }

  private static let organizerMethods: Set<Method> = [.publish, .request, .add, .cancel, .declineCounter]

  private func receiveCounter(
    _ proposal: EventComponent,
    _ part: MessageComponent,
    _ reader: MessageReader
  ) -> SchedulingOutcome {
    guard let current = target(of: part) else { return .ignored(unknown) }
    if let sender = reader.sender, !current.isInvited(sender) { return .ignored(.notInvited) }
    guard part.revision.sequence >= current.sequence else {
      return .ignored(.earlierSequence(answered: part.revision.sequence, current: current.sequence))
    }
    return .countered(proposal, comment: part.comment)
  }

  private func receiveRefresh(_ part: MessageComponent, _ reader: MessageReader) -> SchedulingOutcome {
    guard let current = target(of: part) else { return .ignored(unknown) }
    switch reader.attendee(of: part) {
    case .failure(let failure): return .ignored(failure.reason)
    case .success(let attendee):
      guard current.isInvited(attendee.user.key) else { return .ignored(.notInvited) }
      return .refreshRequested(by: attendee.user)
    }
  }

  /// The event that the message is about, as it is stored.
  func target(of part: MessageComponent) -> EventComponent? {
    guard let instance = part.instance else { return series ?? overrides.first }
    return event(at: instance)
  }

  /// Why there is no target.
  var unknown: SchedulingOutcome.Reason { components.isEmpty ? .unknownEvent : .unknownInstance }

  func hasInstance(_ key: InstanceKey) -> Bool {
    override(at: key) != nil || series?.hasInstance(at: key) ?? false
  }
}

extension EventComponent {
  /// Whether the address is the organizer's or an attendee's.
  func isInvited(_ address: String) -> Bool {
    let key = CalendarUser.key(of: address)
    return organizer?.key == key || attendees.contains { $0.user.key == key }
  }
}
