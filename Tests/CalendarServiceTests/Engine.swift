import DatabaseTestSupport
import Foundation
import Storage

/// The engine that these tests run on: SQLite, or what `PHOS_TEST_ENGINE` says.
///
/// `make test` runs them on both.
enum Engine: String {
  case sqlite
  case postgresql

  static var chosen: Engine {
    ProcessInfo.processInfo.environment["PHOS_TEST_ENGINE"].flatMap(Engine.init) ?? .sqlite
  }

  /// An empty database with the newest tables.
  func empty() throws -> any DatabaseEngine {
    switch self {
    case .sqlite: try TestDatabase.sqlite()
    case .postgresql: try TestDatabase.postgreSQL()
    }
  }
}
