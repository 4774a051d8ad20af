import Foundation
import JSONModel
import TestSupport
import Testing

@testable import ProviderEmulators

/// A Microsoft emulator with two people, asked without a socket.
struct MicrosoftProbe {
  static let scopes = ["User.Read", "Calendars.ReadWrite", "offline_access"]
  static let events = "/v1.0/me/events"
  let clock = ManualClock(Date(timeIntervalSince1970: 1_800_000_000))
  let sink: MailSink
  let microsoft: MicrosoftEmulator

  init(storage: URL? = nil) throws {
    sink = try MailSink()
    microsoft = try MicrosoftEmulator(
      accounts: [
        EmulatorAccount(
          email: "ada@example.com",
          displayName: "Ada Example",
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
          grantedScopes: ["User.Read", "Calendars.Read"],
          allowsTeams: false
        ),
      ],
      clientID: "client",
      clientSecret: "secret",
      mailSink: sink,
      clock: { [clock] in clock.now },
      storage: storage,
      conferenceDelay: .seconds(2)
    )
  }

  struct Answer {
    var status: Int
    var json: JSON
    var headers: [String: String]

    var code: String? { json["error"]?["code"]?.string }
    var items: [JSON] { json["value"]?.array ?? [] }
    var id: String { json["id"]?.string ?? "" }
  }

  /// Asks the emulator; `path` may carry a query, or be a link that it gave.
  @discardableResult
  func send(
    _ method: String,
    _ path: String,
    _ body: JSON? = nil,
    token: String? = "ada",
    prefer: String? = nil,
    headers: [String: String] = [:]
  ) -> Answer {
    var all = headers
    if let token { all["authorization"] = "Bearer \(token)" }
    all["prefer"] = prefer
    all["content-type"] = "application/json"
    let local = path.replacing("https://graph.microsoft.com", with: "")
    let parts = local.split(separator: "?", maxSplits: 1).map(String.init)
    let answer = microsoft.answer(
      EmulatorRequest(
        method: method,
        path: EmulatorRequest.segments(ofPath: parts[0]),
        query: parts.count > 1 ? EmulatorRequest.items(parts[1]) : [],
        headers: all,
        body: body?.encoded() ?? Data()
      )
    )
    return Answer(
      status: answer.status,
      json: (try? JSON.parse(answer.body)) ?? .null,
      headers: answer.headers
    )
  }

  func form(_ path: String, _ form: String) -> EmulatorResponse {
    microsoft.answer(
      EmulatorRequest(
        method: "POST",
        path: EmulatorRequest.segments(ofPath: path),
        query: [],
        headers: [:],
        body: Data("client_id=client&client_secret=secret&\(form)".utf8)
      )
    )
  }

  func token(_ text: String) -> (status: Int, json: JSON) {
    let answer = form("/common/oauth2/v2.0/token", text)
    return (answer.status, (try? JSON.parse(answer.body)) ?? .null)
  }

  static func time(_ text: String, _ zone: String = "Romance Standard Time") -> JSON {
    ["dateTime": .string(text), "timeZone": .string(zone)]
  }

  static func event(_ more: [String: JSON] = [:]) -> JSON {
    let base: [String: JSON] = [
      "subject": "Offer", "start": time("2027-03-01T10:00:00"), "end": time("2027-03-01T11:00:00"),
    ]
    return .object(base.merging(more, uniquingKeysWith: { $1 }))
  }

  static func guests(_ names: String...) -> JSON {
    .array(names.map { ["emailAddress": ["address": .string("\($0)@example.org")]] })
  }

  /// Every Monday, four times from 1 March 2027; the clocks go forward on the 28th.
  static let mondays: JSON = [
    "pattern": ["type": "weekly", "interval": 1, "daysOfWeek": ["monday"]],
    "range": ["type": "numbered", "startDate": "2027-03-01", "numberOfOccurrences": 5],
  ]

  func create(_ more: [String: JSON] = [:]) -> JSON {
    let answer = send("POST", Self.events, Self.event(more))
    #expect(answer.status == 201)
    return answer.json
  }

  func get(_ id: String, prefer: String? = nil) -> Answer {
    send("GET", "\(Self.events)/\(id)", prefer: prefer)
  }

  static let march = "startDateTime=2027-03-01T00:00:00Z&endDateTime=2027-04-10T00:00:00Z"

  func instances(of id: String) -> [JSON] {
    send("GET", "\(Self.events)/\(id)/instances?\(Self.march)&$top=50").items
  }

  /// Whom mails went to since so many, and what they say.
  func mails(after count: Int) -> [(to: String, calendar: String)] {
    sink.messages.dropFirst(count).map { ($0.to.first ?? "", $0.calendar) }
  }
}

extension JSON {
  var id: String { self["id"]?.string ?? "" }
  var startText: String { self["start"]?["dateTime"]?.string ?? "" }
}
