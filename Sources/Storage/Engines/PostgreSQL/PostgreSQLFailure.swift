/// What PostgreSQL, or the way to it, refused.
///
/// Its description holds the code and the names of what was refused, never a value: the server's own message would
/// quote what it could not read.
struct PostgreSQLFailure: Error, CustomStringConvertible {
  /// Five letters and digits (PostgreSQL, Appendix A); nil when the connection broke before there was an answer.
  let sqlState: String?
  /// The server's or libpq's words where they name no values: when a connection is refused.
  var words: String?
  /// The table or constraint.
  var place: String?
  /// Whether the answer to COMMIT did not arrive.
  var outcomeIsUnknown = false

  var description: String {
    ["PostgreSQL \(sqlState ?? "connection lost")", place, words].compactMap(\.self).joined(separator: ": ")
  }

  /// Whether the same transaction may succeed when it is simply run again: somebody else changed the same rows.
  var isSerialization: Bool { sqlState == "40001" || sqlState == "40P01" }

  /// Whether there is no server to talk to: gone, shutting down, starting up, or out of connections.
  var isConnectionLost: Bool {
    guard let sqlState else { return true }
    return sqlState.hasPrefix("08") || ["57P01", "57P02", "57P03", "25P03", "53300"].contains(sqlState)
  }

  var isBrokenReference: Bool { sqlState == "23503" }
}
