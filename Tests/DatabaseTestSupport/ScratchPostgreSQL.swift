import CPostgres
import Foundation
import Synchronization

/// The PostgreSQL server that `scripts/throwaway-postgres` started for these tests.
package enum ScratchPostgreSQL {
  package struct Missing: Error, CustomStringConvertible {
    package let description =
      "There is no PostgreSQL to test with. Run the tests with: scripts/throwaway-postgres swift test"
  }

  /// The server's address.
  package static func url() throws -> String {
    guard let url = ProcessInfo.processInfo.environment["PHOS_TEST_POSTGRES_URL"] else { throw Missing() }
    return url
  }

  /// The address of an empty schema of its own.
  package static func freshURL() throws -> String { try url(ofSchema: makeSchema()) }

  static func url(ofSchema name: String) throws -> String { try url() + "?options=-csearch_path%3D\(name)" }

  static func makeSchema() throws -> String {
    let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
    try run("CREATE SCHEMA \(name)")
    return name
  }

  /// Deletes all rows but those of the migrations.
  static func deleteRows(in schema: String) throws {
    try run(
      """
      DO $$
      DECLARE name text;
      BEGIN
        -- In any order: no reference is checked.
        SET LOCAL session_replication_role = replica;
        FOR name IN
          SELECT tablename FROM pg_tables WHERE schemaname = '\(schema)' AND tablename <> 'schema_migration'
        LOOP
          EXECUTE format('DELETE FROM \(schema).%I', name);
        END LOOP;
      END $$
      """
    )
  }

  private struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// The connection for the statements of this file, once there is one.
  private static let connection = Mutex<OpaquePointer?>(nil)

  /// Runs a statement without results.
  private static func run(_ statement: String) throws {
    let url = try url()
    try connection.withLock { connection in
      if connection == nil { connection = PQconnectdb(url) }
      let result = PQexec(connection, statement)
      defer { PQclear(result) }
      guard PQresultStatus(result) == PGRES_COMMAND_OK else {
        throw Failed(description: String(cString: PQerrorMessage(connection)))
      }
    }
  }
}
