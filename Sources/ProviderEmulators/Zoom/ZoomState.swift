import Foundation
import JSONModel

/// Everything the Zoom emulator knows, kept under one lock.
struct ZoomState: Sendable {
  var meetings: [Int: StoredZoomMeeting] = [:]
  var grants: [String: ZoomGrant] = [:]
  var codes: [String: ZoomCode] = [:]
  /// The access tokens with their grants, valid for an hour.
  var accesses: [String: (grant: String, expires: Date)] = [:]
  /// The number of meetings that a user created or changed on each day.
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

/// A meeting as stored.
struct StoredZoomMeeting: Codable, Sendable {
  var id: Int
  var owner: String
  var fields: JSON
  var joinURL: String
  /// The start URL, which makes anyone the host.
  var startURL: String
  var password: String
  var created: Date
  var isDeleted = false

  /// The meeting as a read returns it; a list returns less.
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

/// A consent, valid until it is revoked; each use replaces its refresh token.
struct ZoomGrant: Codable, Sendable {
  var id: String
  var account: String
  var scopes: [String]
  var refreshToken: String
  var isRevoked = false
}

/// An authorization code that has not been redeemed.
struct ZoomCode: Sendable {
  var grant: String
  var redirectURI: String
  var challenge: String?
  var expires: Date
}
