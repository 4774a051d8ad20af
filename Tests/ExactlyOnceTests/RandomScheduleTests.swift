import DatabaseTestSupport
import Foundation
import Storage
import Testing

/// No crash, retry, double click or lost answer ever makes a second meeting, or loses one that was accepted.
///
/// Each run plays other histories. A failure names its seed; `PHOS_SCHEDULE_SEED=…` plays that one alone, as far as
/// the order in which concurrent steps happen allows.
@Suite(.timeLimit(.minutes(5))) struct RandomScheduleTests {
  private static let schedules = 1000

  @Test func `on both engines everything accepted happens exactly once`() async throws {
    let sqlite = try SQLiteDatabase.inMemory()
    let postgreSQL = try PostgreSQLDatabase(url: ScratchPostgreSQL.freshURL(), connections: 4)
    // Side by side, to use what time there is.
    async let first: Void = play(on: sqlite)
    async let second: Void = play(on: postgreSQL)
    _ = try await (first, second)
  }

  private func play(on database: any DatabaseEngine) async throws {
    try database.migrate()
    if let text = ProcessInfo.processInfo.environment["PHOS_SCHEDULE_SEED"], let seed = UInt64(text) {
      var schedule = try await Schedule(seed: seed, on: database)
      return try await schedule.play()
    }
    let first = UInt64.random(in: 0..<1 << 40)
    print("\(Self.schedules) schedules from seed \(first)")
    for seed in first..<first + UInt64(Self.schedules) {
      var schedule = try await Schedule(seed: seed, on: database)
      try await schedule.play()
    }
  }
}
