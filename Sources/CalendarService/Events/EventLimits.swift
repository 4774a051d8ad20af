/// How much one event may hold.
///
/// The lowest of what the big calendars take, so that a limit is met here first.
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
