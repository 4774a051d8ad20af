import CalendarCore

/// How much one event may hold.
///
/// The lowest of what the big calendars take, so that a limit is met here first. What a driver adds to a text is checked by
/// `CalendarProvider.textProblem`.
enum EventLimits {
  static let titleCharacters = 1000
  static let locationCharacters = 1000
  static let descriptionCharacters = 8000
  static let displayNameCharacters = 200
  static let linkedPeople = 100
  static let idempotencyKeyCharacters = 200
  static let maximumDays = 366
  static let years = 1970...2200
}

extension CalendarProvider {
  /// Refuses a version whose texts cannot be written at the provider.
  ///
  /// What is as it was before is not written, so however long it is, it is no reason to refuse another change.
  func checkTexts(of version: EventVersion, over old: EventVersion? = nil) throws(InvalidInput) {
    guard let problem = textProblem(version.content, conference: version.conference) else { return }
    if let old, problem.field.isSame(version, old), version.conference == old.conference { return }
    throw InvalidInput(problem.field.inputName, problem.reason)
  }
}

extension EventField {
  /// The field of a create or update request that gives it.
  fileprivate var inputName: String {
    switch self {
    case .title: "title"
    case .details: "description"
    case .location: "location"
    case .timing: "startsAt"
    case .recurrence: "recurrence"
    case .attendees: "attendees"
    case .conference: "customConferenceLink"
    }
  }
}
