import Foundation
import JSONModel
import Synchronization

/// Creating, reading, changing and deleting meetings.
extension ZoomEmulator {
  /// The granular scope that each call needs.
  private static let scopes = [
    "users.me": "user:read:user", "meetings.create": "meeting:write:meeting",
    "meetings.list": "meeting:read:list_meetings", "meetings.get": "meeting:read:meeting",
    "meetings.update": "meeting:update:meeting", "meetings.delete": "meeting:delete:meeting",
  ]
  private static let changesADay = 100

  func api(_ operation: String, _ request: EmulatorRequest) throws(ZoomRefusal) -> EmulatorResponse {
    let body = (try? JSON.parse(request.body)) ?? .null
    // Typed throws do not pass through withLock's closure, hence the Result.
    let result: Result<EmulatorResponse, ZoomRefusal> = state.withLock { state in
      do throws(ZoomRefusal) {
        let (account, scopes) = try caller(of: request, in: state)
        let scope = Self.scopes[operation] ?? ""
        guard scopes.contains(scope) else { throw .missingScope(scope) }
        return .success(try perform(operation, request, body, for: account, in: &state))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func caller(
    of request: EmulatorRequest,
    in state: ZoomState
  ) throws(ZoomRefusal) -> (EmulatorAccount, [String]) {
    guard let token = request.bearerToken, !token.isEmpty else { throw .badToken }
    if let account = accounts.first(where: { $0.bearerToken == token }) {
      return (account, account.grantedScopes)
    }
    guard let grant = state.grant(ofAccess: token, at: clock()),
      let account = accounts.first(where: { $0.email == grant.account })
    else { throw .badToken }
    return (account, grant.scopes)
  }

  private func perform(
    _ operation: String,
    _ request: EmulatorRequest,
    _ body: JSON,
    for account: EmulatorAccount,
    in state: inout ZoomState
  ) throws(ZoomRefusal) -> EmulatorResponse {
    switch operation {
    case "users.me":
      return .json([
        "id": .string(Data(account.email.utf8).base64URL), "email": .string(account.email),
        "display_name": .string(account.displayName), "timezone": .string(account.timeZone), "type": 2,
      ])
    case "meetings.create":
      try countChange(of: account, &state)
      let meeting = StoredZoomMeeting(
        id: 80_000_000_000 + state.meetings.count,
        owner: account.email,
        fields: try Self.checked(body, over: ["type": 2, "topic": "Zoom Meeting", "duration": 60]),
        joinURL: "https://zoom.example/j/\(80_000_000_000 + state.meetings.count)?pwd=\(identifiers())",
        startURL: "https://zoom.example/s/\(80_000_000_000 + state.meetings.count)?zak=\(identifiers())",
        password: String(identifiers().prefix(6)),
        created: clock()
      )
      state.meetings[meeting.id] = meeting
      remember(meeting)
      return .json(meeting.json(), status: 201)
    case "meetings.list": return try list(request, account, state)
    case "meetings.get": return .json(try find(request, account, state).json())
    case "meetings.update":
      var meeting = try find(request, account, state)
      try countChange(of: account, &state)
      meeting.fields = try Self.checked(body, over: meeting.fields)
      state.meetings[meeting.id] = meeting
      remember(meeting)
      return EmulatorResponse(status: 204)
    default:
      var meeting = try find(request, account, state)
      meeting.isDeleted = true
      state.meetings[meeting.id] = meeting
      remember(meeting)
      return EmulatorResponse(status: 204)
    }
  }

  private func find(
    _ request: EmulatorRequest,
    _ account: EmulatorAccount,
    _ state: ZoomState
  ) throws(ZoomRefusal) -> StoredZoomMeeting {
    let id = request.path.last ?? ""
    guard let meeting = Int(id).flatMap({ state.meetings[$0] }), !meeting.isDeleted,
      meeting.owner == account.email
    else { throw .missing(id) }
    return meeting
  }

  private func list(
    _ request: EmulatorRequest,
    _ account: EmulatorAccount,
    _ state: ZoomState
  ) throws(ZoomRefusal) -> EmulatorResponse {
    guard ["scheduled", nil].contains(request.parameter("type")) else {
      throw ZoomRefusal(status: 501, code: 0, message: "The emulator lists scheduled meetings only.")
    }
    guard let size = Int(request.parameter("page_size") ?? "30"), (1...300).contains(size) else {
      throw .invalid("page_size", "Invalid page size.")
    }
    let first = request.parameter("next_page_token").flatMap { $0.isEmpty ? nil : Int($0) } ?? 0
    let all = state.meetings.values.filter { $0.owner == account.email && !$0.isDeleted }
      .sorted { $0.id < $1.id }
    let shown = all.dropFirst(first).prefix(size)
    return .json([
      "page_size": .integer(size), "total_records": .integer(all.count),
      "next_page_token": .string(first + size < all.count ? "\(first + size)" : ""),
      "meetings": .array(shown.map { $0.json(inList: true) }),
    ])
  }

  /// Counts a user's changes, of which a hundred a day are allowed; the next day begins at midnight UTC.
  private func countChange(of account: EmulatorAccount, _ state: inout ZoomState) throws(ZoomRefusal) {
    let day = clock().formatted(.iso8601.year().month().day())
    let key = "\(account.email) \(day)"
    guard state.changes[key, default: 0] < Self.changesADay else {
      let next = Date(timeIntervalSince1970: (clock().timeIntervalSince1970 / 86_400).rounded(.up) * 86_400)
      throw ZoomRefusal(
        status: 429,
        code: 429,
        message: ZoomRefusal.tooManyToday,
        headers: ["Retry-After": next.formatted(.iso8601), "X-RateLimit-Type": "Daily-limit"]
      )
    }
    state.changes[key, default: 0] += 1
  }

  /// The fields as stored; throws Zoom's error.
  private static func checked(_ body: JSON, over old: JSON) throws(ZoomRefusal) -> JSON {
    guard let members = body.object else {
      throw ZoomRefusal(status: 400, code: 300, message: "Request Body should be a valid JSON object.")
    }
    var fields = old
    for (name, value) in members {
      switch name {
      case "topic", "agenda":
        guard let text = value.string, text.count <= (name == "topic" ? 200 : 2000) else {
          throw .invalid(name, "Invalid field.")
        }
      case "type":
        guard [1, 2, 3, 8].contains(value.integer ?? 0) else { throw .invalid(name, "Invalid field.") }
        if value.integer == 8 { throw ZoomRefusal(status: 501, code: 0, message: "No fixed series here.") }
      case "duration":
        guard (1...1440).contains(value.integer ?? 0) else { throw .invalid(name, "Invalid field.") }
      case "timezone":
        guard let zone = value.string, TimeZone(identifier: zone) != nil else {
          throw .invalid(name, "Invalid field.")
        }
      case "start_time":
        guard let text = value.string, text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?/) != nil else {
          throw .invalid(name, "Invalid field.")
        }
      default: continue
      }
      fields[name] = value
    }
    return fields
  }
}
