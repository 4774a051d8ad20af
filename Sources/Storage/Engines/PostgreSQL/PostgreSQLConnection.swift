import CPostgres
import CalendarCore
import Foundation

/// One connection to a PostgreSQL server, used by one thread at a time.
///
/// Parameters and answers travel as text; libpq blocks while it waits.
final class PostgreSQLConnection: SQLConnection {
  let dialect = SQLDialect.postgreSQL

  private let handle: OpaquePointer
  /// The server's names of statements that were prepared, by their text.
  private var prepared: [String: String] = [:]
  private static let maximumPrepared = 400

  /// How long the server may say nothing; nil when it may take what it needs.
  private let silenceTimeout: Duration?
  private var isSilent = false

  /// Connects, within a few seconds.
  init(_ address: PostgreSQLAddress, silenceTimeout: Duration? = nil) throws {
    self.silenceTimeout = silenceTimeout
    // What comes before `dbname` can be chosen otherwise in the address, what comes after cannot.
    let parameters: [(name: String, value: String)] = [
      ("connect_timeout", "5"), ("keepalives_idle", "30"), ("keepalives_interval", "10"),
      ("keepalives_count", "3"),
      ("tcp_user_timeout", "20000"), ("application_name", "phos"), ("dbname", address.url),
      ("client_encoding", "UTF8"),
    ]
    let handle = withCStrings(parameters.map(\.name) + [nil]) { names in
      withCStrings(parameters.map(\.value) + [nil]) { PQconnectdbParams(names, $0, 1) }
    }
    guard let handle else { throw PostgreSQLFailure(sqlState: nil) }
    if let failure = PostgreSQLFailure(connecting: handle) {
      PQfinish(handle)
      throw failure
    }
    self.handle = handle
    // libpq would print the server's warnings, values and all.
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    _ = try answer(to: Self.settings)
  }

  deinit { PQfinish(handle) }

  /// No statement of ours takes a tenth of this; what does is stuck, and must not keep others waiting.
  private static let settings = """
    SET statement_timeout = '15s'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s';
    SET standard_conforming_strings = on; SET client_min_messages = 'warning'; SET bytea_output = 'hex'
    """

  /// The encoding of the database, as PostgreSQL spells it.
  var serverEncoding: String? {
    PQparameterStatus(handle, "server_encoding").map { String(cString: $0) }
  }

  var isBroken: Bool { isSilent || PQstatus(handle) != CONNECTION_OK }

  /// To wait for what comes without having been asked for.
  var socket: Int32 { PQsocket(handle) }

  /// Reads what has come, without waiting: whether another session has called on a channel that this one listens to.
  func hearsOthers() throws -> Bool {
    guard PQconsumeInput(handle) == 1 else { throw PostgreSQLFailure(sqlState: nil) }
    var hears = false
    while let notification = PQnotifies(handle) {
      if notification.pointee.be_pid != PQbackendPID(handle) { hears = true }
      PQfreemem(notification)
    }
    return hears
  }

  /// Runs a statement without parameters, or several.
  func answer(to sql: String) throws -> String {
    let result = try checked(result(ofSending: PQsendQuery(handle, sql)))
    defer { PQclear(result) }
    return PQcmdStatus(result).map { String(cString: $0) } ?? ""
  }

  func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow] {
    let result = try run(sql, arguments)
    defer { PQclear(result) }
    let fields = 0..<PQnfields(result)
    let names = fields.map { field in PQfname(result, field).map { String(cString: $0) } ?? "" }
    let columns = Dictionary(zip(names, 0...), uniquingKeysWith: { first, _ in first })
    let types = fields.map { PQftype(result, $0) }
    return try (0..<PQntuples(result)).map { row in
      let values = try fields.map { field -> SQLValue in
        if PQgetisnull(result, row, field) == 1 { return .null }
        let bytes = UnsafeRawBufferPointer(
          start: PQgetvalue(result, row, field),
          count: Int(PQgetlength(result, row, field))
        )
        guard let value = SQLValue(text: String(decoding: bytes, as: UTF8.self), type: types[Int(field)])
        else {
          throw StoreError.corrupt(column: names[Int(field)])
        }
        return value
      }
      return SQLRow(columns: columns, values: values)
    }
  }

  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    let result = try run(sql, arguments)
    defer { PQclear(result) }
    return PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
  }

  private func run(_ sql: String, _ arguments: [SQLValue]) throws -> OpaquePointer {
    do {
      let name = try prepare(sql)
      return try withCStrings(arguments.map(\.parameter)) { values in
        let sent = PQsendQueryPrepared(handle, name, Int32(arguments.count), values, nil, nil, 0)
        return try checked(result(ofSending: sent))
      }
    } catch let failure as PostgreSQLFailure where failure.isBrokenReference {
      throw StoreError.brokenReference
    }
  }

  private func prepare(_ sql: String) throws -> String {
    if let name = prepared[sql] { return name }
    if prepared.count >= Self.maximumPrepared { try forgetStatements() }
    let name = "s\(prepared.count)"
    PQclear(try checked(result(ofSending: PQsendPrepare(handle, name, sql, 0, nil))))
    prepared[sql] = name
    return name
  }

  /// Has every statement prepared again when it comes up.
  func forgetStatements() throws {
    _ = try answer(to: "DEALLOCATE ALL")
    prepared = [:]
  }

  /// The last result of what was sent, as `PQexec` would return it.
  private func result(ofSending sent: Int32) throws -> OpaquePointer? {
    guard sent == 1, hearsFromServer() else { throw PostgreSQLFailure(sqlState: nil) }
    var last: OpaquePointer?
    while let next = PQgetResult(handle) {
      PQclear(last)
      last = next
    }
    return last
  }

  /// Waits until there is something to read, an answer or the end of the connection.
  ///
  /// A server that hangs ends no statement by itself, and the kernel below it says that all is well.
  private func hearsFromServer() -> Bool {
    guard let silenceTimeout else { return true }
    let deadline = ContinuousClock.now + silenceTimeout
    while case let left = ContinuousClock.now.duration(to: deadline), left > .zero {
      var socket = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
      let milliseconds = left / .milliseconds(1)
      let count = poll(&socket, 1, Int32(milliseconds.rounded(.up)))
      if count > 0 || count < 0 && errno != EINTR { return true }
    }
    isSilent = true
    return false
  }

  private func checked(_ result: OpaquePointer?) throws -> OpaquePointer {
    guard let result else { throw PostgreSQLFailure(sqlState: nil) }
    let status = PQresultStatus(result)
    if status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY {
      return result
    }
    defer { PQclear(result) }
    func field(_ code: UnicodeScalar) -> String? {
      PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
    }
    // C for the code, n and t for the names of a constraint and a table, R for the function (libpq: PG_DIAG_…).
    throw PostgreSQLFailure(sqlState: field("C"), place: field("n") ?? field("t"), routine: field("R"))
  }
}

extension SQLValue {
  /// As a parameter in text form.
  fileprivate var parameter: String? {
    switch self {
    case .null: nil
    case .integer(let number): String(number)
    case .real(let number): "\(number)"
    case .text(let text): text
    case .blob(let bytes): "\\x" + String(hexadecimal: bytes)
    }
  }

  /// A value of an answer by its type's number (PostgreSQL's pg_type.dat).
  fileprivate init?(text: String, type: Oid) {
    switch type {
    case 20, 21, 23:
      guard let number = Int64(text) else { return nil }
      self = .integer(number)
    case 700, 701:
      guard let number = Double(text) else { return nil }
      self = .real(number)
    // What a sum of numbers comes as, which is whole, or an average, which may not be. A whole number that is too
    // large is refused rather than rounded.
    case 1700:
      if let number = Int64(text) {
        self = .integer(number)
      } else if text.contains("."), let number = Double(text) {
        self = .real(number)
      } else {
        return nil
      }
    case 25, 1043, 19, 2278: self = .text(text)
    case 17:
      guard text.hasPrefix("\\x"), let bytes = [UInt8](hexadecimal: text.utf8.dropFirst(2)) else {
        return nil
      }
      self = .blob(bytes)
    default: return nil
    }
  }
}

/// C strings that live while `body` runs; nil stays nil.
private func withCStrings<Result, Failure: Error>(
  _ strings: [String?],
  _ body: (UnsafePointer<UnsafePointer<CChar>?>?) throws(Failure) -> Result
) throws(Failure) -> Result {
  var bytes: [CChar] = []
  let offsets = strings.map { string -> Int? in
    guard let string else { return nil }
    defer { bytes.append(contentsOf: string.utf8CString) }
    return bytes.count
  }
  let copy = UnsafeMutablePointer<CChar>.allocate(capacity: max(1, bytes.count))
  copy.initialize(from: bytes, count: bytes.count)
  defer { copy.deallocate() }
  let pointers = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(capacity: max(1, strings.count))
  defer { pointers.deallocate() }
  for (index, offset) in offsets.enumerated() {
    (pointers + index).initialize(to: offset.map { UnsafePointer(copy + $0) })
  }
  return try body(UnsafePointer(pointers))
}
