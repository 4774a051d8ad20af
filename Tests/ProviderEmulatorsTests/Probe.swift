import Foundation
import JSONModel
import TestSupport

@testable import ProviderEmulators

/// An emulator with two people, asked without a socket.
struct Probe {
  static let scopes = [
    "https://www.googleapis.com/auth/calendar.events", "https://www.googleapis.com/auth/calendar.readonly",
  ]
  let clock = ManualClock(Date(timeIntervalSince1970: 1_800_000_000))
  let sink: MailSink
  let google: GoogleEmulator

  init(
    storage: URL? = nil,
    conferenceDelay: Duration = .seconds(2),
    allowsLoopbackHTTP: Bool = true,
    notificationPause: any Clock<Duration> = ContinuousClock()
  ) throws {
    sink = try MailSink()
    google = try GoogleEmulator(
      accounts: [
        EmulatorAccount(
          email: "ada@example.com",
          displayName: "Ada, Example",
          timeZone: "Europe/Paris",
          bearerToken: "ada",
          refreshToken: "ada-refresh",
          grantedScopes: Self.scopes
        ),
        EmulatorAccount(
          email: "rex@example.com",
          displayName: "Rex",
          bearerToken: "rex",
          refreshToken: "rex-refresh",
          grantedScopes: Self.scopes,
          allowsMeet: false
        ),
      ],
      clientID: "client",
      clientSecret: "secret",
      mailSink: sink,
      clock: { [clock] in clock.now },
      storage: storage,
      conferenceDelay: conferenceDelay,
      allowsLoopbackHTTP: allowsLoopbackHTTP,
      notificationPause: notificationPause
    )
  }

  /// Asks the emulator; `path` may carry a query.
  @discardableResult
  func send(
    _ method: String,
    _ path: String,
    _ body: JSON? = nil,
    token: String? = "ada",
    headers: [String: String] = [:]
  ) -> (status: Int, json: JSON) {
    var all = headers
    if let token { all["authorization"] = "Bearer \(token)" }
    all["content-type"] = "application/json"
    let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
    let answer = google.answer(
      EmulatorRequest(
        method: method,
        path: EmulatorRequest.segments(ofPath: parts[0]),
        query: parts.count > 1 ? EmulatorRequest.items(parts[1]) : [],
        headers: all,
        body: body?.encoded() ?? Data()
      )
    )
    return (answer.status, (try? JSON.parse(answer.body)) ?? .null)
  }

  func token(_ form: String) -> (status: Int, json: JSON) {
    let answer = google.answer(
      EmulatorRequest(
        method: "POST",
        path: ["token"],
        query: [],
        headers: [:],
        body: Data("client_id=client&client_secret=secret&\(form)".utf8)
      )
    )
    return (answer.status, (try? JSON.parse(answer.body)) ?? .null)
  }

  static let events = "/calendar/v3/calendars/primary/events"

  static func event(_ id: String, _ more: [String: JSON] = [:]) -> JSON {
    let base: [String: JSON] = [
      "id": .string(id), "summary": "Offer",
      "start": ["dateTime": "2027-03-01T10:00:00", "timeZone": "America/New_York"],
      "end": ["dateTime": "2027-03-01T11:00:00", "timeZone": "America/New_York"],
    ]
    return .object(base.merging(more, uniquingKeysWith: { $1 }))
  }

  static func meet(_ requestID: String) -> JSON {
    [
      "createRequest": [
        "requestId": .string(requestID), "conferenceSolutionKey": ["type": "hangoutsMeet"],
      ]
    ]
  }
}

extension JSON {
  var reason: String? { self["error"]?["errors"]?.array?.first?["reason"]?.string }
}

/// A folder for one test.
func withTemporaryFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
  let folder = FileManager.default.temporaryDirectory.appending(path: "emulators-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}
