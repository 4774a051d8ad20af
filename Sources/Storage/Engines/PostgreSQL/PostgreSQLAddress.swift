import CPostgres

/// The address of a PostgreSQL server, looked at before libpq sees it.
///
/// libpq takes the first `@` or `/` for the end of the password and then shows the rest of it as a host or port that
/// it cannot find. So what is not written by the book (RFC 3986 §3.2) is refused here, without a word of it.
struct PostgreSQLAddress: Sendable, CustomStringConvertible {
  /// As libpq takes it, with the password.
  let url: String

  var description: String { "postgres://…" }

  init(_ url: String) throws(PostgreSQLUnusable) {
    let scheme = ["postgres://", "postgresql://"].first { url.hasPrefix($0) }
    guard let scheme, Self.isWellFormed(url.dropFirst(scheme.count)) else { throw .malformedAddress }
    // The parameters' names are libpq's to know. Its message would quote the address.
    var message: UnsafeMutablePointer<CChar>?
    let options = PQconninfoParse(url, &message)
    PQfreemem(message)
    guard let options else { throw .malformedAddress }
    PQconninfoFree(options)
    self.url = url
  }

  // [user[:password]@]host[:port][,…][/database][?name=value[&…]]
  private static func isWellFormed(_ address: Substring) -> Bool {
    guard address.matches(of: /%(?![0-9A-Fa-f]{2})|%00/).isEmpty else { return false }
    let rest = address.drop { $0 != "/" && $0 != "?" }
    let authority = address[..<rest.startIndex].split(separator: "@", omittingEmptySubsequences: false)
    guard authority.count <= 2, let hosts = authority.last else { return false }
    let places = hosts.split(separator: ",", omittingEmptySubsequences: false)
    // Another `@` means that the password ended too early.
    return !rest.contains("@")
      && places.allSatisfy { $0.wholeMatch(of: /(\[[0-9A-Fa-f:.%]+\]|[\w.%-]*)(:[0-9]{0,5})?/) != nil }
      && rest.wholeMatch(
        of: /(\/[^\/?]*)?(\?([a-zA-Z_]+=[^&=]*(&[a-zA-Z_]+=[^&=]*)*)?)?/.dotMatchesNewlines()
      ) != nil
  }
}

/// Why the program cannot start on a database: a sentence without any value.
struct PostgreSQLUnusable: Error, CustomStringConvertible {
  let description: String

  static let malformedAddress = PostgreSQLUnusable(
    description: "its address must be postgres://user:password@host:port/database?parameter=value, "
      + "with @, /, ? and % in the password written as %40, %2F, %3F and %25"
  )
}
