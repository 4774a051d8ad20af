import Foundation
import Storage

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
  package static func freshURL() throws -> String {
    let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
    try PostgreSQLDatabase.createSchema(name, at: url())
    return try url() + "?options=-csearch_path%3D\(name)"
  }
}
