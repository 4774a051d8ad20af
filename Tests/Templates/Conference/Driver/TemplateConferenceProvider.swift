package import CalendarCore
import Foundation
import HTTPTypes
import JSONModel
package import ProviderKit

extension ConferenceProviderID {
  /// TemplateConference.
  package static let templateConference = Self(rawValue: "TEMPLATE_CONFERENCE")
}

/// TemplateConference, by its API v1, with a key of the whole installation.
package struct TemplateConferenceProvider: StandaloneConferenceProvider {
  package static let defaultAPIURL = "https://api.example.com"

  package let providerID = ConferenceProviderID.templateConference
  package let displayName = "TemplateConference"
  package let icon = ProviderIcon(
    key: "template-conference",
    shapes: #"<rect x="2" y="6" width="13" height="12" rx="3"/><path d="M16.5 11l5.5-3.5v9L16.5 13z"/>"#
  )
  private let apiKey: String
  private let apiURL: String
  private let http: ProviderHTTP
  private let clock: WallClock

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
    // The API takes no key that makes a repeated request harmless, so the driver looks for the room first.
    if let room = try await find(options.requestID) { return .ready(try Conference(room)) }
    var body = Self.body(options)
    body["reference"] = .string(options.requestID)
    return .ready(try Conference(try await send("POST", "/rooms", body)))
  }

  package func updateConference(
    _ conference: StandaloneConference,
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) {
    guard let id = try await id(of: conference) else { throw .notFound }
    _ = try await send("PATCH", "/rooms/\(FormEncoding.encode(id))", Self.body(options))
  }

  package func deleteConference(
    _ conference: StandaloneConference,
    session: AccountSession?
  ) async throws(ProviderError) {
    guard let id = try await id(of: conference) else { return }
    do { _ = try await send("DELETE", "/rooms/\(FormEncoding.encode(id))") } catch .notFound {
      // The room is gone, which is what was asked for.
    }
  }

  private static func body(_ options: CreateConferenceOptions) -> JSON {
    [
      "title": .string(options.title),
      "startsAt": .string(options.startsAt.formatted(.iso8601)),
      "endsAt": .string(options.endsAt.formatted(.iso8601)),
    ]
  }

  /// The id may never have been told: then the answer that had it was lost.
  private func id(of conference: StandaloneConference) async throws(ProviderError) -> String? {
    if let id = conference.conferenceID { return id }
    return try await find(conference.requestID)?["id"]?.string
  }

  private func find(_ requestID: String) async throws(ProviderError) -> JSON? {
    let answer = try await send("GET", "/rooms?\(FormEncoding.encode([("reference", requestID)]))")
    guard let rooms = answer["rooms"]?.array else {
      throw .malformedReply(reason: Messages.unexpectedList)
    }
    return rooms.first
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
      if response.status == 401 {
        throw .unavailable(reason: Messages.keyRejected)
      }
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
  /// A host's secrets have no place here: only what every guest may know is taken.
  fileprivate init(_ room: JSON) throws(ProviderError) {
    guard let id = room["id"]?.string, let url = room["url"]?.string, let link = try? ConferenceLink(url)
    else {
      throw .malformedReply(reason: Messages.unexpectedRoom)
    }
    self.init(link: link.text, conferenceID: id)
  }
}
