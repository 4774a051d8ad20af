import CalendarService
package import ProviderKit
package import Storage
import UnixSignals

extension Program {
  /// Brings the database up to date, and nothing else.
  package static func migrate(_ configuration: Configuration) throws {
    let database = try open(configuration)
    try database.migrate()
    try database.close()
  }

  /// Seals every account's secrets with the current key; what was done, for people, and whether nothing is left.
  package func rotateKeys() async throws -> (text: String, isWhole: Bool) {
    let result = try await useCases.accounts.rotateKeys()
    var lines = [Messages.resealed(result.resealed, current: result.current)]
    if !result.unreadable.isEmpty {
      lines.append(Messages.unreadable(result.unreadable.count))
      lines += result.unreadable.map { "  \($0)" }
      lines.append(Messages.addPreviousKey)
    }
    return (lines.joined(separator: "\n"), result.unreadable.isEmpty)
  }

  /// The database as a file; a `ConfigurationError` when it is on a server.
  package static func databaseFile(
    _ configuration: Configuration
  ) throws(ConfigurationError) -> SQLiteFile {
    guard case .sqlite(let path) = try configuration.databaseAddress() else {
      throw .init(
        key: "PHOS_DATABASE_URL",
        reason: "is a PostgreSQL database; back it up with pg_dump (see docs/guides/operations.md)"
      )
    }
    return SQLiteFile(path: path)
  }

  /// Waits until the process is told to stop (SIGTERM, SIGINT).
  package static func untilToldToStop() async {
    for await _ in await UnixSignalsSequence(trapping: .sigterm, .sigint) { return }
  }
}
