package import CalendarCore
import ICalendar

/// Two versions of an event, and the last that both sides agreed on.
///
/// Fields that one side changed are merged by themselves. A field that both changed, each in its own way, is contested,
/// and a person has to choose. Guest lists are merged guest by guest and never contested, and so are the single dates of
/// a series whose rules only one side changed.
package struct EventMerge: Sendable {
  package enum Side: Sendable, Hashable, CaseIterable {
    /// Ours.
    case mine
    /// The provider's.
    case theirs
  }

  private enum Outcome { case settled(Side), contested }

  package let base: EventVersion
  package let mine: EventVersion
  package let theirs: EventVersion
  /// The fields that both sides changed, each in its own way, in the order of `EventField`.
  ///
  /// Time and recurrence stand here together, and are then decided together by who wins the time, where one side's time
  /// would not be an instance of the other side's rule.
  package let contested: [EventField]
  private let outcomes: [EventField: Outcome]
  private let boundTogether: Bool
  /// Whether the times differ and the recurrence does not.
  private let repeatAlike: Bool
  /// The recurrence of both sides in one, where both changed it, and not against each other.
  private let combined: RecurrencePattern?

  package init(base: EventVersion, mine: EventVersion, theirs: EventVersion) {
    self.base = base
    self.mine = mine
    self.theirs = theirs
    var outcomes: [EventField: Outcome] = [:]
    for field in EventField.allCases where field != .attendees {
      outcomes[field] = Self.outcome(field, base: base, mine: mine, theirs: theirs)
    }
    let combination = Self.combination(
      outcomes,
      base: base.content,
      mine: mine.content,
      theirs: theirs.content
    )
    if let combination { outcomes[.recurrence] = .settled(combination.rules) }
    combined = combination?.pattern
    self.outcomes = outcomes
    repeatAlike =
      !mine.content.timing.isSame(as: theirs.content.timing) && EventField.recurrence.isSame(mine, theirs)
    let bound = !repeatAlike && !Self.canMix(outcomes, mine, theirs)
    boundTogether = bound
    contested = EventField.allCases.filter { field in
      if bound, field == .timing || field == .recurrence { return true }
      if case .contested? = outcomes[field] { return true }
      return false
    }
  }

  /// Both sides' changes; whose counts of a contested field is what `winner` says.
  package func merged(_ winner: (EventField) -> Side) -> EventVersion {
    var result = theirs
    for field in EventField.allCases where field != .attendees {
      field.copy(from: version(side(field, winner)), to: &result)
    }
    let (timing, recurrence) = (side(.timing, winner), side(.recurrence, winner))
    let time = version(timing).content.timing
    if let lines = combined?.lines(for: time) {
      result.content.recurrence = lines
    } else if timing != recurrence, let lines = version(recurrence).content.recurrence(at: time) {
      result.content.recurrence = lines
    }
    result.conference = conference(side(.conference, winner))
    result.content.attendees = .merging(
      base: base.content.attendees,
      mine: mine.content.attendees,
      theirs: theirs.content.attendees
    )
    return result
  }

  /// The fields of which a provider that has one version must be told to have the other.
  package static func difference(from old: EventVersion, to new: EventVersion) -> Set<EventField> {
    Set(
      EventField.allCases.filter { field in
        switch field {
        // What the old lines would come to at the new time is what the provider would make of being told the time alone.
        case .recurrence:
          RecurrencePattern(old.content.recurrence, timing: new.content.timing) != new.content.pattern
        // The link of one choice may have become known since.
        case .conference:
          !field.isSame(old, new) || !old.conference.hasSameLink(as: new.conference)
        default: !field.isSame(old, new)
        }
      }
    )
  }

  private func version(_ side: Side) -> EventVersion { side == .mine ? mine : theirs }

  private func side(_ field: EventField, _ winner: (EventField) -> Side) -> Side {
    if boundTogether, field == .timing || field == .recurrence { return winner(.timing) }
    // Lines that say the same are taken from where the time is.
    if field == .recurrence, repeatAlike { return side(.timing, winner) }
    if case .settled(let side)? = outcomes[field] { return side }
    return winner(field)
  }

  private static func outcome(
    _ field: EventField,
    base: EventVersion,
    mine: EventVersion,
    theirs: EventVersion
  ) -> Outcome {
    // To the letter first, so that what only one side has is kept to the letter.
    if field.isIdentical(theirs, base) { return .settled(.mine) }
    if field.isIdentical(mine, base) { return .settled(.theirs) }
    if field.isSame(mine, theirs) || field.isSame(mine, base) { return .settled(.theirs) }
    return field.isSame(theirs, base) ? .settled(.mine) : .contested
  }

  /// Where both sides have one choice, its link is not lost because one of them does not know it yet.
  private func conference(_ side: Side) -> EventConference {
    guard side == .theirs, EventField.conference.isSame(mine, theirs), theirs.conference.link == nil,
      !mine.conference.hasSameLink(as: base.conference)
    else { return version(side).conference }
    return mine.conference
  }
}

// MARK: - Time and recurrence

extension EventMerge {
  /// Both sides' recurrence in one; nil where only one side changed it, or each in a way that excludes the other.
  ///
  /// Dates follow a series to another time of day, and are not compared with those of a series that begins on another day.
  private static func combination(
    _ outcomes: [EventField: Outcome],
    base: EventContent,
    mine: EventContent,
    theirs: EventContent
  ) -> (pattern: RecurrencePattern, rules: Side)? {
    let day = base.timing.startLocal.date
    guard case .contested? = outcomes[.recurrence], mine.timing.startLocal.date == day,
      theirs.timing.startLocal.date == day,
      let merged = RecurrencePattern.merging(
        base: base.pattern,
        mine: mine.pattern,
        theirs: theirs.pattern
      ),
      merged.pattern.lines(for: mine.timing) != nil, merged.pattern.lines(for: theirs.timing) != nil
    else { return nil }
    return merged
  }

  /// Whether the time of one side goes with the recurrence of the other, wherever that can come about.
  private static func canMix(
    _ outcomes: [EventField: Outcome],
    _ mine: EventVersion,
    _ theirs: EventVersion
  ) -> Bool {
    func sides(_ field: EventField) -> [Side] {
      if case .settled(let side)? = outcomes[field] { [side] } else { Side.allCases }
    }
    for timing in sides(.timing) {
      for recurrence in sides(.recurrence) where recurrence != timing {
        let (time, rule) = timing == .mine ? (mine, theirs) : (theirs, mine)
        guard rule.content.recurrence(at: time.content.timing) != nil else { return false }
      }
    }
    return true
  }
}
