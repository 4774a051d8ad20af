import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import JSONModel
import ProviderConformance
import ProviderKit
import Synchronization
import TemplateConferenceDriver
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct TemplateConferenceTests {
  @Test(arguments: ConferenceConformance.checks)
  func `what every conference driver does`(check: ConferenceCheck) async throws {
    try await check.run(on: TemplateConferenceUnderTest())
  }
}

/// The service in a few lines: rooms that can be made, found, changed and deleted.
private final class Rooms: HTTPTransport {
  private let rooms = Mutex<[String: JSON]>([:])

  var count: Int { rooms.withLock { $0.count } }

  func execute(
    _ request: ProviderRequest,
    address: IPAddress?
  ) async throws(TransportError) -> ProviderResponse {
    guard request.headers[.authorization] == "Bearer key" else { return ProviderResponse(401) }
    guard let parts = URLComponents(string: request.url) else { return ProviderResponse(400) }
    let id = String(parts.path.dropFirst("/v1/rooms/".count))
    return rooms.withLock { rooms in
      switch (request.method, rooms[id]) {
      case ("GET", _):
        let reference = parts.queryItems?.first { $0.name == "reference" }?.value
        let found = rooms.values.filter { $0["reference"]?.string == reference }
        return Self.answer(200, ["rooms": .array(found)])
      case ("POST", _):
        guard var room = JSON(request.body), room["reference"]?.string != nil else {
          return ProviderResponse(400)
        }
        let id = UUID().uuidString
        room["id"] = .string(id)
        room["url"] = .string("https://rooms.example.com/\(id)")
        rooms[id] = room
        return Self.answer(201, room)
      case ("PATCH", let room?): return Self.answer(200, room)
      case ("DELETE", _?):
        rooms[id] = nil
        return ProviderResponse(204)
      default: return ProviderResponse(404)
      }
    }
  }

  private static func answer(_ status: Int, _ body: JSON) -> ProviderResponse {
    ProviderResponse(status: status, body: Array(body.encoded()))
  }
}

private struct TemplateConferenceUnderTest: ConferenceUnderTest {
  private let rooms = Rooms()
  let provider: TemplateConferenceProvider
  let network: FaultyTransport?
  var conferenceCount: Int { rooms.count }

  init() {
    let network = FaultyTransport(rooms)
    self.network = network
    provider = TemplateConferenceProvider(
      apiKey: "key",
      http: ProviderHTTP(transport: network),
      clock: ManualClock().wallClock
    )
  }

  /// In the vendor's own words, where it has some.
  func answer(_ refusal: Refusal) -> ProviderResponse? {
    switch refusal {
    case .forbidden: ProviderResponse(403, [:], #"{"error":"About bob@example.org"}"#)
    case .tooMany: ProviderResponse(429)
    case .tooManyForSevenSeconds: ProviderResponse(429, [.retryAfter: "7"])
    case .notFound: ProviderResponse(404)
    case .invalid: ProviderResponse(400)
    case .failure: ProviderResponse(500)
    case .awayForSevenSeconds: ProviderResponse(503, [.retryAfter: "7"])
    // The key is not an account's, and rooms have no versions.
    case .unauthorized, .missingPermission, .gone, .stale: nil
    }
  }
}
