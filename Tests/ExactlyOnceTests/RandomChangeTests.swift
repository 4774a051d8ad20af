import Foundation
import Testing

/// No accepted change is overwritten, lost, made twice or undone, no matter which process dies or provider goes silent.
///
/// Each run plays other histories. A failure names its seed and prints its history; `PHOS_CHANGE_SEED=…` plays that one
/// alone, as far as the order in which concurrent steps happen allows.
@Suite(.timeLimit(.minutes(20))) struct RandomChangeTests {
  /// Of each engine.
  private static let histories =
    ProcessInfo.processInfo.environment["PHOS_CHANGE_SCHEDULES"].flatMap { UInt64($0) } ?? 100

  @Test func `on both engines every accepted change is on both sides`() async throws {
    try await RandomHistories.play(Self.histories, seedVariable: "PHOS_CHANGE_SEED") { seed, database in
      var schedule = try await ChangeSchedule(seed: seed, on: database)
      try await schedule.play()
    }
  }
}
