/// Why a change of a series is not possible.
public enum EventSeriesError: Error, Sendable, Hashable {
  /// The series has no instance with that identifier.
  case notAnInstance(RecurrenceTime)
  /// The first instance: the whole series would be changed, and nothing be left of the old one.
  case isFirstInstance
  /// More than one RRULE, or an EXRULE, or a date of RDATE among a rule's instances: a part of it cannot be said as a
  /// series of its own.
  case notDivisible
}
