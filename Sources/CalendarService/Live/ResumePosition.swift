import CalendarCore
import Foundation

/// The updates since a position are no longer there, or are too many.
package struct ResumePositionExpired: UseCaseError, Hashable {
  package init() {}

  package var code: ErrorCode { .resumePositionExpired }
  package var message: String { Messages.LiveUpdates.positionExpired }
}

/// A horizon as a text that clients keep and give back.
///
/// Milliseconds, the next position and those that were open, with hyphens between them. It is no secret, and a client that
/// forges one misses updates, nothing else.
struct ResumePosition: Sendable, Hashable, CustomStringConvertible {
  let horizon: SnapshotPosition
  private static let maximumOpen = 32
  /// In milliseconds: a time beyond the year 5000 is not one of ours, and has no place in a `Date` to the millisecond.
  private static let latest: Int64 = 100_000_000_000_000

  init(_ horizon: SnapshotPosition) { self.horizon = horizon }

  init(_ text: String) throws(InvalidInput) {
    let invalid = InvalidInput("resumeAfter", Messages.LiveUpdates.unknownPosition)
    let parts = text.split(separator: "-", maxSplits: 2 + Self.maximumOpen, omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int64(part) : nil
    }
    guard numbers.count == parts.count, numbers.count >= 2, numbers[0] <= Self.latest else { throw invalid }
    horizon = SnapshotPosition(
      next: numbers[1],
      open: Array(numbers[2...]),
      instant: Date(timeIntervalSince1970: Double(numbers[0]) / 1000)
    )
  }

  var description: String {
    let milliseconds = Int64((horizon.instant.timeIntervalSince1970 * 1000).rounded())
    // Rather what is known already once more than a text without end.
    let isShort = horizon.open.count <= Self.maximumOpen
    let positions =
      isShort ? [horizon.next] + horizon.open : [horizon.open.min() ?? horizon.next]
    return ([milliseconds] + positions).map(String.init).joined(separator: "-")
  }
}
