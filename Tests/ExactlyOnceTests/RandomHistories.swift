import DatabaseTestSupport
import Foundation
import Storage
import Testing

/// Plays random histories on both engines, or on the one that `PHOS_TEST_ENGINE` names.
enum RandomHistories {
  typealias Play = @Sendable (_ seed: UInt64, _ database: any DatabaseEngine) async throws -> Void

  private enum Engine: String, CaseIterable {
    case sqlite
    case postgresql

    func makeDatabase() throws -> any DatabaseEngine {
      switch self {
      case .sqlite: try TestDatabase.sqlite()
      case .postgresql: try TestDatabase.postgreSQL()
      }
    }
  }

  /// A claim looks at every workspace, of which each history leaves one behind.
  private static let historiesPerDatabase: UInt64 = 50

  /// Plays as many histories on each engine, or the one whose seed is in the environment variable.
  static func play(_ count: UInt64, seedVariable: String, _ history: @escaping Play) async throws {
    let environment = ProcessInfo.processInfo.environment
    let chosen = environment[seedVariable].flatMap { UInt64($0) }
    let first = chosen ?? .random(in: 0..<1 << 40)
    let seeds = first..<first + (chosen == nil ? count : 1)
    let named = try environment["PHOS_TEST_ENGINE"].map { try #require(Engine(rawValue: $0)) }
    let engines = named.map { [$0] } ?? Engine.allCases
    let places = engines.map(\.rawValue).joined(separator: " and ")
    print("\(seeds.count) histories from seed \(first) on \(places)")
    // Side by side, to use the time that there is.
    try await withThrowingTaskGroup { group in
      for engine in engines { group.addTask { try await play(seeds, on: engine, history) } }
      try await group.waitForAll()
    }
  }

  private static func play(_ seeds: Range<UInt64>, on engine: Engine, _ history: Play) async throws {
    var database = try engine.makeDatabase()
    for seed in seeds {
      if seed > seeds.lowerBound, (seed - seeds.lowerBound).isMultiple(of: historiesPerDatabase) {
        database = try engine.makeDatabase()
      }
      do { try await history(seed, database) } catch {
        // The error alone would not say which history it ended.
        Issue.record("\(error); seed \(seed) on \(engine.rawValue)")
        // What it left behind must not fail the others.
        database = try engine.makeDatabase()
      }
    }
  }
}
