import Foundation
import JSONModel

/// Everything the Zoom emulator knows, kept under one lock.
struct ZoomState: Sendable {
  var meetings: [Int: StoredZoomMeeting] = [:]
  var grants: [String: ZoomGrant] = [:]
  var codes: [String: ZoomCode] = [:]
  /// Access tokens with their grants, for an hour.
  var accesses: [String: (grant: String, expires: Date)] = [:]
  /// How often a user has made or changed meetings on a day.
  var changes: [String: Int] = [:]

  /// A line of the journal.
  enum Record: Codable, Sendable {
    case meeting(StoredZoomMeeting)
    case grant(ZoomGrant)
  }

  mutating func restore(_ record: Record) {
    switch record {
    case .meeting(let meeting): meetings[meeting.id] = meeting
    case .grant(let grant): grants[grant.id] = grant
    }
  }

  var records: [Record] {
    grants.values.map { .grant($0) } + meetings.values.sorted { $0.id < $1.id }.map { .meeting($0) }
  }

  func grant(ofAccess token: String, at now: Date) -> ZoomGrant? {
    guard let access = accesses[token], access.expires > now else { return nil }
    return grants[access.grant].flatMap { $0.isRevoked ? nil : $0 }
  }
}

/// A meeting as kept.
struct StoredZoomMeeting: Codable, Sendable {
  var id: Int
  var owner: String
  var fields: JSON
  var joinURL: String
  /// With it anyone is the host.
  var startURL: String
  var password: String
  var created: Date
  var isDeleted = false

  /// As a read shows it; a list shows less.
  func json(inList: Bool = false) -> JSON {
    var json = fields
    json["id"] = .integer(id)
    json["join_url"] = .string(joinURL)
    json["created_at"] = .string(created.formatted(.iso8601))
    json["host_email"] = .string(owner)
    guard inList else {
      json["start_url"] = .string(startURL)
      json["password"] = .string(password)
      json["status"] = "waiting"
      return json
    }
    if let agenda = json["agenda"]?.string { json["agenda"] = .string(String(agenda.prefix(250))) }
    return json
  }
}

/// A consent that lasts until it is revoked; its refresh token is another one after each use.
struct ZoomGrant: Codable, Sendable {
  var id: String
  var account: String
  var scopes: [String]
  var refreshToken: String
  var isRevoked = false
}

/// A consent on its way through the browser.
struct ZoomCode: Sendable {
  var grant: String
  var redirectURI: String
  var challenge: String?
  var expires: Date
}
