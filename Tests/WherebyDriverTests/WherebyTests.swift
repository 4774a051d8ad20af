import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import JSONModel
import ProviderConformance
import ProviderKit
import Synchronization
import TestSupport
import Testing
import WherebyDriver

@Suite(.timeLimit(.minutes(5))) struct WherebyTests {
  @Test(arguments: ConferenceConformance.checks)
  func `what every conference driver does`(check: ConferenceCheck) async throws {
    try await check.run(on: WherebyUnderTest())
  }

  @Test func `a meeting that is moved by more than a year keeps a room that will not be there`() async throws
  {
    let service = WherebyUnderTest()
    func options(_ start: TimeInterval) -> CreateConferenceOptions {
      CreateConferenceOptions(
        requestID: "r",
        title: "",
        startsAt: Date(timeIntervalSince1970: start),
        endsAt: Date(timeIntervalSince1970: start + 3600),
        attendees: []
      )
    }
    _ = try await service.provider.createConference(options(1_801_126_800), session: nil)
    let kept = StandaloneConference(
      requestID: "r",
      eventID: .init(UUID()),
      providerID: .whereby,
      accountID: nil,
      createdAt: .distantPast
    )
    let day: TimeInterval = 86_400
    try await service.provider.updateConference(kept, options(1_801_126_800 + 364 * day), session: nil)
    let error = await #expect(throws: ProviderError.self) {
      try await service.provider.updateConference(kept, options(1_801_126_800 + 366 * day), session: nil)
    }
    #expect(error.map(ProviderErrorKind.init) == .rejected)
  }
}

/// Whereby in a few lines: rooms that can be made, listed a page at a time, read and deleted.
private final class Rooms: HTTPTransport {
  private let rooms = Mutex<[(id: String, name: String, end: String)]>([])

  var count: Int { rooms.withLock { $0.count } }

  func execute(
    _ request: ProviderRequest,
    address: IPAddress?
  ) async throws(TransportError) -> ProviderResponse {
    guard request.headers[.authorization] == "Bearer key" else { return ProviderResponse(401) }
    let parts = request.url.dropFirst("https://api.whereby.dev/v1/meetings".count).split(separator: "?")
    let path = parts.first.map { String($0) } ?? ""
    return rooms.withLock { rooms in
      switch request.method {
      case "POST":
        guard let body = JSON(request.body), let end = body["endDate"]?.string,
          let prefix = body["roomNamePrefix"]?.string, prefix.count <= 39
        else { return ProviderResponse(400) }
        rooms.append((id: "\(rooms.count + 1)", name: "\(prefix)\(UUID().uuidString.lowercased())", end: end))
        return ProviderResponse(201, [:], Self.json(rooms[rooms.count - 1]))
      case "GET" where request.url.contains("/meetings?"):
        let first = request.url.firstMatch(of: /cursor=(\d+)/).flatMap { Int($0.1) } ?? 0
        let page = rooms.dropFirst(first).prefix(1)
        let cursor = first + 1 < rooms.count ? "\"\(first + 1)\"" : "null"
        return ProviderResponse(
          200,
          [:],
          "{\"cursor\":\(cursor),\"results\":[\(page.map(Self.json).joined(separator: ","))]}"
        )
      default:
        guard let index = rooms.firstIndex(where: { "/\($0.id)" == path }) else {
          return ProviderResponse(404)
        }
        guard request.method == "DELETE" else { return ProviderResponse(200, [:], Self.json(rooms[index])) }
        rooms.remove(at: index)
        return ProviderResponse(204)
      }
    }
  }

  private static func json(_ room: (id: String, name: String, end: String)) -> String {
    "{\"meetingId\":\"\(room.id)\",\"roomUrl\":\"https://phos.whereby.com/\(room.name)\",\"endDate\":\"\(room.end)\"}"
  }
}

private struct WherebyUnderTest: ConferenceUnderTest {
  private let rooms = Rooms()
  let provider: WherebyProvider
  let network: FaultyTransport?
  var conferenceCount: Int { rooms.count }

  init() {
    let network = FaultyTransport(rooms)
    self.network = network
    provider = WherebyProvider(
      apiKey: "key",
      http: ProviderHTTP(transport: network),
      clock: ManualClock().wallClock
    )
  }

  func answer(_ refusal: Refusal) -> ProviderResponse? {
    switch refusal {
    case .forbidden: ProviderResponse(403, [:], #"{"error":"About bob@example.org"}"#)
    case .tooMany: ProviderResponse(429)
    case .tooManyForSevenSeconds: ProviderResponse(429, [.retryAfter: "7"])
    case .notFound: ProviderResponse(404)
    case .invalid: ProviderResponse(400)
    case .failure: ProviderResponse(500)
    case .awayForSevenSeconds: ProviderResponse(503, [.retryAfter: "7"])
    // The key is nobody's account, and rooms have no versions.
    case .unauthorized, .missingPermission, .gone, .stale: nil
    }
  }
}
