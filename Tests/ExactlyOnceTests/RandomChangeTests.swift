import DatabaseTestSupport
import Foundation
import Storage
import Testing

/// Nothing that was accepted is overwritten, lost, done twice or undone, whoever dies or stays silent.
///
/// Each run plays other histories. A failure names its seed and prints its history; `PHOS_CHANGE_SEED=…` plays that one
/// alone, as far as the order in which concurrent steps happen allows.
@Suite(.timeLimit(.minutes(5))) struct RandomChangeTests {
  private static let environment = ProcessInfo.processInfo.environment
  /// Of each engine.
  private static let schedules = environment["PHOS_CHANGE_SCHEDULES"].flatMap(UInt64.init) ?? 100

  @Test func `on both engines every accepted change is on both sides`() async throws {
    let sqlite = try SQLiteDatabase.inMemory()
    let postgreSQL = try PostgreSQLDatabase(url: ScratchPostgreSQL.freshURL(), connections: 4)
    // Side by side, to use what time there is.
    async let first: Void = play(on: sqlite)
    async let second: Void = play(on: postgreSQL)
    _ = try await (first, second)
  }

  private func play(on database: any DatabaseEngine) async throws {
    try database.migrate()
    if let text = Self.environment["PHOS_CHANGE_SEED"], let seed = UInt64(text) {
      var schedule = try await ChangeSchedule(seed: seed, on: database)
      return try await schedule.play()
    }
    let first = UInt64.random(in: 0..<1 << 40)
    print("\(Self.schedules) schedules of changes from seed \(first)")
    for seed in first..<first + Self.schedules {
      var schedule = try await ChangeSchedule(seed: seed, on: database)
      try await schedule.play()
    }
  }
}
