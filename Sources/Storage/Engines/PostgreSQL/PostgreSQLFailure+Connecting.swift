import CPostgres

extension PostgreSQLFailure {
  /// Why a connection was not made; nil when it was, at last.
  ///
  /// Neither libpq's words nor the server's are passed on: they quote the address.
  init?(connecting handle: OpaquePointer) {
    guard PQstatus(handle) != CONNECTION_OK else { return nil }
    var words = Self.message(of: handle)
    // The server has spoken: its severity, a colon and two spaces. What follows is in its own language, and libpq
    // hands over the code only when it was asked to before it connects.
    if words.contains(":  ") {
      PQsetErrorVerbosity(handle, PQERRORS_SQLSTATE)
      PQreset(handle)
      guard PQstatus(handle) != CONNECTION_OK else { return nil }
      words = Self.message(of: handle)
    }
    // With several hosts, several: one that may yet come is worth waiting for.
    let codes = words.matches(of: /: {2}([0-9A-Z]{5})$/.anchorsMatchLineEndings()).map { String($0.output.1) }
    let code = codes.first { PostgreSQLFailure(sqlState: $0).isConnectionLost } ?? codes.first
    let own = code == nil ? Self.reasons.first { words.contains($0.phrase) } : nil
    let host = PQhost(handle).map { String(cString: $0) } ?? ""
    let sentence = code.map { Self.sentences[$0] } ?? own?.sentence ?? "the connection was not made"
    self.init(
      sqlState: code,
      words: [host, sentence ?? ""].filter { !$0.isEmpty }.joined(separator: ": "),
      isLasting: own?.isLasting ?? false
    )
  }

  private static func message(of handle: OpaquePointer) -> String {
    PQerrorMessage(handle).map { String(cString: $0) } ?? ""
  }

  private static let sentences = [
    "28P01": "password authentication failed",
    "28000": "this user may not connect from here (see the server's pg_hba.conf)",
    "3D000": "the database does not exist",
    "42501": "this user has no access to the database",
    "53300": "the server has too many connections",
    "57P03": "the server is starting, stopping or recovering",
  ]

  /// libpq's own words, which are English as long as nobody calls `setlocale`; the first that fits counts.
  private static let reasons: [(phrase: String, isLasting: Bool, sentence: String)] = [
    ("could not translate host name", false, "the host name can't be resolved"),
    ("Connection refused", false, "the connection was refused"),
    ("timeout expired", false, "the connection timed out"),
    ("in hot standby mode", false, "the server is read-only"),
    ("session is read-only", false, "the server is read-only"),
    ("does not match host name", true, "the server's certificate is for another name"),
    ("root certificate file", true, "the sslrootcert file can't be used"),
    ("certificate verify failed", true, "the server's certificate isn't trusted"),
    ("certificate", true, "a certificate can't be used"),
    ("does not support SSL", true, "the server does not offer TLS"),
    ("no password supplied", true, "the server asks for a password"),
    ("invalid", true, "a parameter of the address is invalid, or this isn't a PostgreSQL server"),
  ]
}
