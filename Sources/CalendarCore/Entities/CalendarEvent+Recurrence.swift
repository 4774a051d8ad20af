package import Foundation

extension CalendarEvent {
  /// When the last occurrence of a recurring event ends at the latest; nil for what happens once.
  package var repeatsUntil: Date? { isRecurring ? .distantFuture : nil }
}
