import CalDAVDriver
import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import ProviderKit
import TestSupport

/// A real CalDAV server of a test's own, with one user, in a folder that goes away with it.
struct RealServer: Sendable {
  static let username = "ann"
  static let password = "pässword: 1"

  enum Program: String, Sendable, CaseIterable {
    case radicale
    /// Takes every password, as it speaks plain HTTP here.
    case xandikos

    var home: String { self == .radicale ? "/ann/" : "/ann/calendars/" }
  }

  let program: Program
  let url: String
  let transport: LossyTransport
  let provider: CalDAVProvider

  static func run<T>(
    _ program: Program = .radicale,
    losing losses: [String: Int] = [:],
    _ body: (RealServer) async throws -> T
  ) async throws -> T {
    try await PythonServer.run { folder, port in
      switch program {
      case .radicale: try ["-m", "radicale", "--config", radicaleConfiguration(in: folder, port: port)]
      case .xandikos:
        [
          "-m", "xandikos", "serve", "-d", folder.appending(path: "collections").path, "--defaults",
          "--current-user-principal", "/ann/", "-l", "127.0.0.1", "-p", "\(port)",
          "--no-detect-systemd", "--state-dir", folder.appending(path: "state").path,
        ]
      }
    } during: { port in
      let live = LiveTransport()
      let server = RealServer(program, port: port, live: live, losing: losses)
      do {
        let result = try await body(server)
        await live.shutdown()
        return result
      } catch {
        await live.shutdown()
        throw error
      }
    }
  }

  private init(_ program: Program, port: Int, live: LiveTransport, losing losses: [String: Int]) {
    self.program = program
    url = "http://127.0.0.1:\(port)"
    transport = LossyTransport(live, losing: losses)
    provider = CalDAVProvider(
      http: ProviderHTTP(transport: transport),
      allowPrivateNetworks: true,
      clock: ManualClock().wallClock
    )
  }

  private static func radicaleConfiguration(in folder: URL, port: Int) throws -> String {
    let users = folder.appending(path: "users")
    try "\(username):\(password)\n".write(to: users, atomically: true, encoding: .utf8)
    let configuration = folder.appending(path: "config")
    try """
    [server]
    hosts = 127.0.0.1:\(port)
    [auth]
    type = htpasswd
    htpasswd_filename = \(users.path)
    htpasswd_encryption = plain
    delay = 0
    [storage]
    filesystem_folder = \(folder.appending(path: "collections").path)
    [logging]
    level = error
    """.write(to: configuration, atomically: true, encoding: .utf8)
    return configuration.path
  }

  /// Does something to the server without the driver.
  func request(
    _ method: String,
    _ path: String,
    headers: HTTPFields = [:],
    body: String = ""
  ) async throws -> ProviderResponse {
    var headers = headers
    headers[.authorization] = "Basic " + Data("\(Self.username):\(Self.password)".utf8).base64EncodedString()
    return try await LiveRequest.send(
      ProviderRequest(method, url + path, headers: headers, body: Array(body.utf8))
    )
  }

  func makeCalendar(_ name: String, title: String, components: [String] = ["VEVENT"]) async throws {
    let set = components.map { "<C:comp name=\"\($0)\"/>" }.joined()
    let response = try await request(
      "MKCALENDAR",
      "\(program.home)\(name)/",
      body: """
        <?xml version="1.0" encoding="utf-8"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
        <D:set><D:prop><D:displayname>\(title)</D:displayname>
        <C:supported-calendar-component-set>\(set)</C:supported-calendar-component-set></D:prop></D:set></C:mkcalendar>
        """
    )
    guard response.status == 201 else {
      throw PythonServer.NotStarted(description: "MKCALENDAR: \(response.status)")
    }
  }

  func connect(_ path: String = "", password: String = Self.password) async throws -> AccountConnection {
    try await provider.connect(
      serverURL: url + path,
      username: Self.username,
      password: password,
      handle: Samples.address("ann@example.com")
    )
  }

  /// A calendar, and a session of the account that it belongs to.
  func calendar() async throws -> (id: String, session: AccountSession) {
    try await makeCalendar("work", title: "Work")
    let connection = try await connect("\(program.home)work/")
    var account = try Samples.account(.calDAV)
    account.sendsInvitations = connection.sendsInvitations
    let session = CredentialVault(connection.credentials).session(account)
    return ("\(url)\(program.home)work/", session)
  }

  /// How many objects the calendar holds.
  func count() async throws -> Int {
    let response = try await request(
      "PROPFIND",
      "\(program.home)work/",
      headers: HTTPFields().adding("1", named: "Depth")
    )
    return String(decoding: response.body, as: UTF8.self).components(separatedBy: ".ics</").count - 1
  }

  func stored(_ event: ProviderEvent) async throws -> String {
    let response = try await request("GET", String(event.externalID.dropFirst(url.count)))
    // Unfolded, so that a test may look for whole lines (RFC 5545 §3.1).
    return String(decoding: response.body, as: UTF8.self).replacing("\r\n", with: "\n").replacing(
      "\n ",
      with: ""
    )
  }
}
