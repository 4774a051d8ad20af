/// A failure of PostgreSQL, or of the connection to it.
///
/// Its description holds the code and the names of what was refused, never a value: the server's own message would
/// quote what it could not read.
struct PostgreSQLFailure: Error, CustomStringConvertible {
  /// Five letters and digits (PostgreSQL, Appendix A); nil when the connection broke before there was an answer.
  let sqlState: String?
  /// A sentence of ours about a connection that was not made.
  var words: String?
  /// The table or constraint.
  var place: String?
  /// The server's function that refused: its codes are broader than its reasons, and its messages are translated.
  var routine: String?
  /// Whether the connection was not made for a reason that will not go away.
  var isLasting = false
  /// Whether the answer to COMMIT did not arrive.
  var outcomeIsUnknown = false

  var description: String {
    ["PostgreSQL \(sqlState ?? (isLasting ? "not connected" : "connection lost"))", place, words]
      .compactMap(\.self).joined(separator: ": ")
  }

  /// Whether the transaction met a concurrent one that changed the same rows, so that running it again may succeed.
  var isSerialization: Bool { sqlState == "40001" || sqlState == "40P01" }

  /// Whether a row with the same unique value exists.
  ///
  /// A concurrent transaction may have inserted it after this one's snapshot was taken. PostgreSQL reports that as a
  /// unique violation rather than as a serialization failure, unless the statement says `ON CONFLICT DO NOTHING`.
  var isUniqueViolation: Bool { sqlState == "23505" }

  /// Whether a prepared statement no longer fits its tables, because a newer program has changed them.
  var isStaleStatement: Bool { sqlState == "0A000" && routine == "RevalidateCachedQuery" }

  /// Whether there is no server to talk to: gone, shutting down, starting up, or out of connections.
  var isConnectionLost: Bool {
    guard let sqlState else { return !isLasting }
    return sqlState.hasPrefix("08") || ["57P01", "57P02", "57P03", "25P03", "53300"].contains(sqlState)
  }

  /// Whether the server takes no changes: it was the primary until another took over.
  var isReadOnlyServer: Bool { sqlState == "25006" }

  /// Whether nothing is wrong with what was asked, but the server cannot do it now.
  ///
  /// It is gone, slow (57014 is a statement, 55P03 a lock that took too long), or has no disk or memory left (class
  /// 53).
  var isUnavailable: Bool {
    isConnectionLost || isReadOnlyServer || sqlState == "57014" || sqlState == "55P03"
      || sqlState?.hasPrefix("53") == true
  }

  var isBrokenReference: Bool { sqlState == "23503" }
}
