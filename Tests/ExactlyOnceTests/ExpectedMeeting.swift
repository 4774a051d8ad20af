import CalendarCore

/// The last changes that each side made to one meeting that happens once.
struct ExpectedMeeting {
  /// The values requested here for one field.
  struct Wishes {
    var accepted: String?
    /// Asked for since, without an answer.
    var doubtful: [String] = []

    mutating func add(_ value: String, _ outcome: ChangeSchedule.Outcome<EventReference>) {
      switch outcome {
      case .accepted: (accepted, doubtful) = (value, [])
      case .refused: break
      case .doubtful: doubtful.append(value)
      }
    }
  }

  enum Deletion { case none, accepted, doubtful }

  let id: CalendarEvent.ID
  let title: String
  var ours: [EventField: Wishes] = [:]
  var theirs: [EventField: String] = [:]
  /// Guests that one side has added for certain; nobody is ever taken off.
  var guests: Set<String> = []
  var deletion = Deletion.none
  /// A deletion that may be taken back.
  var isDeletionScheduled = false
  var isDeletedOutside = false

  /// Whether a field may say this in the end.
  func allows(_ value: String, for field: EventField) -> Bool {
    let initial = field == .title ? title : ""
    guard let wishes = ours[field] else { return value == theirs[field] ?? initial }
    var allowed = Set(wishes.doubtful)
    // With no more than doubtful wishes of ours, it may also be as it was.
    allowed.insert(wishes.accepted ?? theirs[field] ?? initial)
    if let their = theirs[field] { allowed.insert(their) }
    return allowed.contains(value)
  }
}

/// The expected occurrences of one recurring meeting, by week number; nobody changes it outside.
struct ExpectedSeries {
  struct Occurrence: Hashable {
    /// Of the series that it belongs to since it was divided.
    var eventID: CalendarEvent.ID
    var title: String
    var location = ""
  }

  var occurrences: [Int: Occurrence]
  /// False once an answer was lost, or something was refused after it was accepted.
  var isCertain = true
  /// The occurrences removed by a deletion that can still be undone.
  var hidden: (reference: EventReference, occurrences: [Int: Occurrence])?

  /// Changes the occurrences, including those that are hidden for a while.
  mutating func change(_ change: (inout Self) -> Void) {
    let away = hidden?.occurrences ?? [:]
    occurrences.merge(away) { $1 }
    change(&self)
    for week in away.keys { hidden?.occurrences[week] = occurrences.removeValue(forKey: week) }
  }
}
