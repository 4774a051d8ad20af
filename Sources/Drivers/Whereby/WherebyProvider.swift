package import CalendarCore
import Crypto
import Foundation
import HTTPTypes
import JSONModel
package import ProviderKit

extension ConferenceProviderID {
  /// Whereby.
  package static let whereby = Self(rawValue: "WHEREBY")
}

/// Whereby, by its REST API v1 (docs.whereby.com), with a key of the whole installation.
package struct WherebyProvider: StandaloneConferenceProvider {
  package static let defaultAPIURL = "https://api.whereby.dev"

  package let providerID = ConferenceProviderID.whereby
  package let displayName = "Whereby"
  package let icon = ProviderIcon(
    key: "whereby",
    shapes: """
      <rect x="4" y="3" width="16" height="18" rx="3" fill="#be185d"/>\
      <path d="M9 21V10a3 3 0 0 1 6 0v11z" fill="#fff"/>
      """
  )
  private let apiKey: String
  private let apiURL: String
  private let http: ProviderHTTP
  private let clock: WallClock
  /// A room cannot be changed, so it outlives its meeting by as much as that may be moved; it goes with the meeting.
  private static let margin: TimeInterval = 365 * 86_400

  package init(apiKey: String, apiURL: String = Self.defaultAPIURL, http: ProviderHTTP, clock: WallClock) {
    self.apiKey = apiKey
    self.apiURL = apiURL
    self.http = http
    self.clock = clock
  }

  package func createConference(
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) -> ConferenceCreation {
    // There is no key that would make a repeated request harmless, so it is looked for first.
    if let room = try await find(options.requestID) { return .ready(try Conference(room)) }
    let body: JSON = [
      "endDate": .string(options.endsAt.addingTimeInterval(Self.margin).formatted(.iso8601)),
      "isLocked": true,
      "roomNamePrefix": .string(Self.prefix(options.requestID)),
    ]
    return .ready(try Conference(try await send("POST", "/meetings", body)))
  }

  package func updateConference(
    _ conference: StandaloneConference,
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) {
    var room: JSON?
    if let id = conference.conferenceID {
      room = try await send("GET", "/meetings/\(FormEncoding.encode(id))")
    } else {
      room = try await find(conference.requestID)
    }
    guard let room else { throw .notFound }
    // Nothing of it says when the meeting is; it only must be there by then.
    guard let end = room["endDate"]?.string.flatMap({ try? Date($0, strategy: .iso8601) }) else {
      throw .malformedReply(reason: Messages.expiryMissing)
    }
    guard options.endsAt <= end else {
      throw .rejected(reason: Messages.movedTooFar)
    }
  }

  package func deleteConference(
    _ conference: StandaloneConference,
    session: AccountSession?
  ) async throws(ProviderError) {
    var id = conference.conferenceID
    if id == nil { id = try await find(conference.requestID)?["meetingId"]?.string }
    guard let id else { return }
    do { _ = try await send("DELETE", "/meetings/\(FormEncoding.encode(id))") } catch .notFound {
      // What was to be reached.
    }
  }

  /// The beginning of a room's name, which says nothing of the request, and is the same for the same one.
  private static func prefix(_ requestID: String) -> String {
    let digest = SHA256.hash(data: Data("phos whereby room \(requestID)".utf8))
    return "phos-"
      + digest.prefix(10).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  private func find(_ requestID: String) async throws(ProviderError) -> JSON? {
    let prefix = Self.prefix(requestID)
    var cursor: String?
    // 50 pages of 100, and an end if the pages go in a circle.
    for _ in 0..<50 {
      var query = [("limit", "100")]
      if let cursor { query.append(("cursor", cursor)) }
      let page = try await send("GET", "/meetings?\(FormEncoding.encode(query))")
      guard let rooms = page["results"]?.array else {
        throw .malformedReply(reason: Messages.unexpectedList)
      }
      let found = rooms.first { room in
        room["roomUrl"]?.string.flatMap { URL(string: $0)?.lastPathComponent.hasPrefix(prefix) } ?? false
      }
      if let found { return found }
      cursor = page["cursor"]?.string
      if cursor == nil { return nil }
    }
    return nil
  }

  private func send(
    _ method: String,
    _ path: String,
    _ body: JSON? = nil
  ) async throws(ProviderError) -> JSON {
    var headers: HTTPFields = [.authorization: "Bearer \(apiKey)", .accept: "application/json"]
    if body != nil { headers[.contentType] = "application/json" }
    let response = try await http.send(
      ProviderRequest(
        method,
        "\(apiURL)/v1\(path)",
        headers: headers,
        body: body.map { Array($0.encoded()) } ?? []
      )
    )
    guard response.isSuccess else {
      // The key is the operator's: no member can connect anything again.
      if response.status == 401 { throw .unavailable(reason: Messages.keyRejected) }
      throw ProviderError(response, reason: Messages.answered(response.status), now: clock.now)
    }
    if method == "DELETE" { return .null }
    guard let answer = JSON(response.body) else {
      throw .malformedReply(reason: Messages.unexpectedResponse)
    }
    return answer
  }
}

extension Conference {
  /// Without `hostRoomUrl`, which is never asked for.
  fileprivate init(_ room: JSON) throws(ProviderError) {
    guard let id = room["meetingId"]?.string, let url = room["roomUrl"]?.string,
      let link = try? ConferenceLink(url)
    else { throw .malformedReply(reason: Messages.roomUnreadable) }
    self.init(link: link.text, conferenceID: id)
  }
}
