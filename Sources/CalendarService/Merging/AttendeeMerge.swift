import CalendarCore

extension [CalendarEventParticipant] {
  /// The guests by address; the first of an address counts.
  var byAddress: [EmailAddress: Guest] {
    Dictionary(map { ($0.handle, Guest($0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether both lists name the same guests alike, whatever their responses are.
  func isSameGuests(as other: Self) -> Bool {
    byAddress.mapValues(\.name) == other.byAddress.mapValues(\.name)
  }

  /// Merges guest lists as sets of addresses.
  ///
  /// Who was added on one side stays, who was removed on one side goes, even if they have answered.
  /// Theirs come first and in their order, so that a list that only they changed is theirs.
  static func merging(base: Self, mine: Self, theirs: Self) -> Self {
    let (before, ours, others) = (base.byAddress, mine.byAddress, theirs.byAddress)
    var seen: Set<EmailAddress> = []
    return (theirs + mine).compactMap { participant in
      let address = participant.handle
      guard seen.insert(address).inserted else { return nil }
      switch (before[address], ours[address], others[address]) {
      case (_?, _, nil), (_?, nil, _): return nil
      case (nil, nil, _), (nil, _, nil): return participant
      case (let old, let my?, let their?):
        var merged = participant
        let known = old ?? Guest()
        // Answers come from guests by way of the provider.
        merged.responseStatus = their.response != known.response ? their.response : my.response
        // A name that was typed here counts before the provider's.
        let name = my.name != known.name ? my.name : their.name
        // To the letter where nothing was decided: nil and the empty name are the same.
        if name != participant.displayName ?? "" { merged.displayName = name.isEmpty ? nil : name }
        return merged
      }
    }
  }

  /// The entry of a guest list.
  struct Guest: Hashable {
    var name = ""
    var response = CalendarEventResponseStatus.needsAction

    init() {}

    init(_ participant: CalendarEventParticipant) {
      name = participant.displayName ?? ""
      response = participant.responseStatus
    }
  }
}
