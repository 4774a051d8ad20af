import DriverTestSupport
import Foundation
import HTTPTypes
import JSONModel
import ProviderKit
import Synchronization

/// The service in a few lines: tokens, and events that are made, read, changed and deleted.
final class TemplateOAuthCalendarService: HTTPTransport {
  private let events = Mutex<[String: JSON]>([:])

  var count: Int { events.withLock { $0.count } }

  /// As its owner could with another program.
  func change(_ id: String, _ edit: (inout JSON) -> Void) {
    events.withLock { events in
      guard var event = events[id] else { return }
      edit(&event)
      event["etag"] = .string(UUID().uuidString)
      events[id] = event
    }
  }

  func execute(
    _ request: ProviderRequest,
    address: IPAddress?
  ) async throws(TransportError) -> ProviderResponse {
    let path = URLComponents(string: request.url)?.path ?? ""
    switch path {
    case "/token":
      return Self.answer(
        200,
        [
          "access_token": "valid", "refresh_token": "refresh-token", "expires_in": 3600,
          "scope": "calendar.write",
        ]
      )
    case "/revoke": return ProviderResponse(200)
    default: break
    }
    guard request.headers[.authorization] == "Bearer valid" else { return ProviderResponse(401) }
    switch path {
    case "/v1/me": return Self.answer(200, ["email": "ann@example.com", "name": "Ann"])
    case "/v1/calendars":
      return Self.answer(
        200,
        ["calendars": [["id": "main", "name": "Calendar", "isPrimary": true, "isWritable": true]]]
      )
    default: return answer(request, id: path.split(separator: "/").last.map(String.init) ?? "")
    }
  }

  private func answer(_ request: ProviderRequest, id: String) -> ProviderResponse {
    events.withLock { events in
      let stored = events[id]
      if let wanted = request.headers[.ifMatch], wanted != stored?["etag"]?.string {
        return ProviderResponse(stored == nil ? 404 : 412)
      }
      switch (request.method, stored) {
      case ("GET", let stored?): return Self.answer(200, stored)
      case ("DELETE", _?):
        events[id] = nil
        return ProviderResponse(204)
      case ("PUT", _?): return ProviderResponse(412)
      case ("PUT", nil), ("PATCH", _?):
        guard case .object(let members) = JSON(request.body) else { return ProviderResponse(400) }
        var event = stored ?? ["id": .string(id)]
        for (name, value) in members where name != "notify" { event[name] = value == .null ? nil : value }
        event["etag"] = .string(UUID().uuidString)
        events[id] = event
        return Self.answer(200, event)
      default: return ProviderResponse(404)
      }
    }
  }

  private static func answer(_ status: Int, _ body: JSON) -> ProviderResponse {
    ProviderResponse(status: status, body: Array(body.encoded()))
  }
}
