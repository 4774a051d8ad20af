import DatabaseTestSupport
import Foundation
import Storage

/// Plays random histories on both engines.
enum RandomHistories {
  typealias Play = @Sendable (_ seed: UInt64, _ database: any DatabaseEngine) async throws -> Void

  /// A claim looks at every workspace, of which each history leaves one behind.
  private static let historiesPerDatabase: UInt64 = 50

  /// Plays as many histories on each engine, or the one whose seed is in the environment variable.
  static func play(_ count: UInt64, seedVariable: String, _ history: @escaping Play) async throws {
    let chosen = ProcessInfo.processInfo.environment[seedVariable].flatMap { UInt64($0) }
    let first = chosen ?? .random(in: 0..<1 << 40)
    let seeds = first..<first + (chosen == nil ? count : 1)
    print("\(seeds.count) histories from seed \(first)")
    // Side by side, to use what time there is.
    async let one: Void = play(seeds, on: TestDatabase.sqlite, history)
    async let other: Void = play(seeds, on: TestDatabase.postgreSQL, history)
    _ = try await (one, other)
  }

  private static func play(
    _ seeds: Range<UInt64>,
    on lend: @Sendable () throws -> any DatabaseEngine,
    _ history: Play
  ) async throws {
    var database = try lend()
    for seed in seeds {
      if seed > seeds.lowerBound, (seed - seeds.lowerBound).isMultiple(of: historiesPerDatabase) {
        database = try lend()
      }
      try await history(seed, database)
    }
  }
}
