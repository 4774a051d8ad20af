import CalendarCore
import Foundation
import ProviderKit

extension CalDAVClient {
  /// The changes that a server reports.
  struct Round: Sendable {
    /// The addresses of what was made, changed or deleted.
    var changed: [String]
    /// From where the next round goes on.
    var next: CalendarPosition
    /// Whether the server has more to tell than it did (RFC 6578 §3.6).
    var isCut = false
  }

  /// Returns the changes in a calendar since the end of a round.
  ///
  /// Nil when the server keeps no such list (RFC 6578 is optional). `.gone` when it no longer knows the token.
  func synchronization(
    of calendar: WebAddress,
    since token: String?
  ) async throws(ProviderError) -> Round? {
    let response = try await report(calendar, Report.changes(since: token), depth: 0)
    guard response.isSuccess else {
      let conditions = Precondition.all(in: response)
      if conditions.contains(where: \.isUnsupportedReport) || [405, 501].contains(response.status) {
        return nil
      }
      // A condition tells; some servers answer with a status only.
      let isUnknown = conditions.contains(where: \.isUnknownSyncToken) || response.status == 412
      if token != nil, isUnknown || response.status == 410 { throw .gone }
      if token == nil, response.status == 400 { return nil }
      throw error(response)
    }
    guard let status = Multistatus(response.body), let next = status.syncToken, !next.isEmpty else {
      return nil
    }
    return Round(
      changed: status.resources.filter { $0.status != 507 }.map(\.href).filter { !$0.hasSuffix("/") },
      next: CalendarPosition(token: next),
      isCut: status.resources.contains { $0.status == 507 }
    )
  }

  /// The changes, found by comparing the version of every event.
  func comparison(
    of calendar: WebAddress,
    with known: [String: String]
  ) async throws(ProviderError) -> Round {
    let response = try await send(
      "PROPFIND",
      calendar.text,
      headers: Self.xml(depth: 1),
      body: Propfind.versions
    )
    guard response.isSuccess else { throw error(response) }
    guard let status = Multistatus(response.body) else {
      throw .malformedReply(reason: Messages.listUnreadable)
    }
    let pairs = status.resources.filter { !$0.href.hasSuffix("/") }.map { resource in
      (resource.href, resource.property(.dav("getetag"))?.trimmedText ?? "")
    }
    let now = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    // What tells no version may always be another one.
    let changed = now.filter { $0.value.isEmpty || known[$0.key] != $0.value }.map(\.key)
    return Round(
      changed: changed + known.keys.filter { now[$0] == nil },
      next: CalendarPosition(versions: now)
    )
  }

  /// These resources, those that are there, by their hrefs as the server writes them.
  func objects(
    _ hrefs: [String],
    of calendar: WebAddress
  ) async throws(ProviderError) -> [Multistatus.Resource] {
    guard !hrefs.isEmpty else { return [] }
    let response = try await report(calendar, Report.resources(hrefs), depth: 1)
    guard response.isSuccess else { throw error(response) }
    guard let status = Multistatus(response.body) else {
      throw .malformedReply(reason: Messages.eventsUnreadable)
    }
    return status.resources
  }

  /// The objects of which an event takes place in a span of time.
  func objects(
    of calendar: WebAddress,
    from start: Date,
    to end: Date
  ) async throws(ProviderError) -> [Multistatus.Resource] {
    let response = try await report(calendar, Report.events(from: start, to: end), depth: 1)
    guard response.isSuccess else { throw error(response) }
    guard let status = Multistatus(response.body) else {
      throw .malformedReply(reason: Messages.eventsUnreadable)
    }
    return status.resources
  }

  private func report(
    _ calendar: WebAddress,
    _ body: [UInt8],
    depth: Int
  ) async throws(ProviderError) -> ProviderResponse {
    try await send(
      "REPORT",
      calendar.text,
      headers: Self.xml(depth: depth),
      body: body,
      answerLimit: 32 * 1024 * 1024
    )
  }
}

/// Where in a calendar's changes we are: a token, or where the server has none, the versions of all events; and how
/// far into a round.
struct CalendarPosition: Sendable, Codable, Hashable {
  /// Begins the round.
  var token: String?
  var versions: [String: String]?
  /// The round has been told up to this address; it goes on behind it.
  var toldTo: String?
  /// Where the first page of the round said that the next one begins.
  var nextToken: String?
  var nextVersions: [String: String]?

  init(token: String? = nil, versions: [String: String]? = nil) {
    self.token = token
    self.versions = versions
  }

  init(_ position: ChangePosition) throws(ProviderError) {
    guard let read = try? JSONDecoder().decode(Self.self, from: Data(position.text.utf8)) else { throw .gone }
    self = read
  }

  var position: ChangePosition {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return ChangePosition(String(decoding: (try? encoder.encode(self)) ?? Data(), as: UTF8.self))
  }
}
