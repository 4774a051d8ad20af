import CalendarCore

/// Decides what a provider's report of an event means for the event here.
///
/// Every report meets our state in this one place, whatever brought it: the reading before a write, the answer to a
/// write, a page of an import, a notification, a reply by mail. It reads and writes nothing; the code around it carries
/// the outcome out.
struct Reconciliation: Sendable {
  /// The provider's report about the event.
  enum Report: Sendable, Hashable {
    case present(EventVersion)
    /// It is there and marked as canceled.
    case canceled
    /// It is not there anymore.
    case deleted
    /// It is no longer among the events that are synchronized, and says nothing about whether it is there.
    case outOfWindow
    /// It is in another calendar of the account now.
    case moved(EventVersion)
  }

  /// The change of this side since both sides last agreed.
  enum LocalChange: String, Sendable, Hashable, CaseIterable {
    case none
    case edited
    /// It was marked as canceled here, because the provider had said so.
    case canceled
    case deleted
  }

  /// The change of the other side since then.
  enum RemoteChange: String, Sendable, Hashable, CaseIterable {
    /// Nothing, or nothing but what this side had asked for: an echo of our own write.
    case none
    /// Guests responded, and nothing else is different.
    case responses
    case edited
    case canceled
    case deleted
    case outOfWindow
    case moved
  }

  /// The action: one cell of the table.
  enum Action: String, Sendable, Hashable, CaseIterable {
    case keep
    /// Merges both sides' changes, field by field; what differs from the provider's version afterwards is pushed.
    case merge
    case cancel
    /// Cancels the event and reports that what was changed here cannot be delivered.
    case cancelAndReport
    case reinstate
    case remove
    /// The deletion that this side wants has happened.
    case confirmDeletion
    case deleteRemotely
    /// Takes the event's new calendar over, and merges.
    case relocate
  }

  enum Outcome: Sendable, Hashable {
    case keep
    /// Both sides have this version now.
    case adopt(EventVersion)
    /// The provider is to be told of this version.
    case push(EventVersion)
    /// A person has to choose between the two sides' values of these fields.
    ///
    /// `base` is what both sides agreed on, with what of ours has arrived since.
    case contested([EventField], base: EventVersion)
    case cancel
    case cancelAndReport
    case remove
    case confirmDeletion
    case deleteRemotely
  }

  /// The version that both sides last agreed on; nil where nothing was agreed yet, and every difference is this side's.
  let agreed: EventVersion?
  /// The versions here since then that may have reached the provider without an answer reaching this side.
  var earlier: [EventVersion] = []
  let local: EventVersion
  let localChange: LocalChange
  /// Whose value counts where both sides changed a field; nil leaves it to a person.
  let winner: EventMerge.Side?

  func outcome(of report: Report) -> Outcome {
    switch Self.action(localChange, remoteChange(in: report)) {
    case .keep: .keep
    case .cancel: .cancel
    case .cancelAndReport: .cancelAndReport
    case .remove: .remove
    case .confirmDeletion: .confirmDeletion
    case .deleteRemotely: .deleteRemotely
    case .merge, .reinstate, .relocate: report.version.map(merge) ?? .keep
    }
  }

  /// The table: what this side did, what the other side did, and what is done about it.
  static func action(_ local: LocalChange, _ remote: RemoteChange) -> Action {
    switch (local, remote) {
    case (.none, .none), (.none, .responses), (.none, .edited): .merge
    case (.none, .canceled): .cancel
    case (.none, .deleted): .remove
    case (.none, .outOfWindow): .keep
    case (.none, .moved): .relocate

    case (.edited, .none), (.edited, .responses), (.edited, .edited): .merge
    // What was changed here has nowhere to go, and must not get lost without a word.
    case (.edited, .canceled), (.edited, .deleted): .cancelAndReport
    // The window says nothing about the event, so the change is delivered as if there were no report.
    case (.edited, .outOfWindow): .keep
    case (.edited, .moved): .relocate

    case (.canceled, .none), (.canceled, .responses), (.canceled, .edited): .reinstate
    case (.canceled, .canceled), (.canceled, .outOfWindow): .keep
    case (.canceled, .deleted): .remove
    case (.canceled, .moved): .relocate

    case (.deleted, .deleted): .confirmDeletion
    // A person deleted it here, whatever happened to it there.
    case (.deleted, .none), (.deleted, .responses), (.deleted, .edited), (.deleted, .canceled):
      .deleteRemotely
    case (.deleted, .outOfWindow), (.deleted, .moved): .deleteRemotely
    }
  }

  /// The other side's change according to the report.
  func remoteChange(in report: Report) -> RemoteChange {
    switch report {
    case .canceled: .canceled
    case .deleted: .deleted
    case .outOfWindow: .outOfWindow
    case .moved: .moved
    case .present(let version): change(from: base(of: version), to: version)
    }
  }

  private func change(from base: EventVersion, to version: EventVersion) -> RemoteChange {
    let changed = EventField.allCases.filter { !$0.isSame(base, version) }
    if changed.isEmpty { return .none }
    let areResponses =
      changed == [.attendees] && base.content.attendees.isSameGuests(as: version.content.attendees)
    return areResponses ? .responses : .edited
  }

  private func merge(with theirs: EventVersion) -> Outcome {
    let base = base(of: theirs)
    let merge = EventMerge(base: base, mine: local, theirs: theirs)
    if winner == nil, !merge.contested.isEmpty { return .contested(merge.contested, base: base) }
    let merged = merge.merged { _ in winner ?? .mine }
    return EventMerge.difference(from: theirs, to: merged).isEmpty ? .adopt(merged) : .push(merged)
  }

  /// The agreed version, with those changes of this side that arrived without an answer.
  ///
  /// Otherwise it would look like another person's change, and stand against what was changed here after it.
  private func base(of theirs: EventVersion) -> EventVersion {
    guard var base = agreed else { return theirs }
    for field in EventField.allCases where !field.isSame(base, theirs) {
      if earlier.contains(where: { field.isSame($0, theirs) }) { field.copy(from: theirs, to: &base) }
    }
    return base
  }
}

extension Reconciliation.Outcome {
  /// The version that this side has afterwards; nil where it is not decided, or there is nothing left.
  var version: EventVersion? {
    switch self {
    case .adopt(let version), .push(let version): version
    case .keep, .contested, .cancel, .cancelAndReport, .remove, .confirmDeletion, .deleteRemotely: nil
    }
  }
}

extension Reconciliation.Report {
  /// The event as the provider has it; nil where the report does not say.
  var version: EventVersion? {
    switch self {
    case .present(let version), .moved(let version): version
    case .canceled, .deleted, .outOfWindow: nil
    }
  }
}
