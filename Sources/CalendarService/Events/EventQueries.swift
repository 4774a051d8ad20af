package import CalendarCore
package import Foundation

/// Reads events for a caller: one, those of a span of time, those of a record.
package struct EventQueries: Sendable {
  let database: any Database

  package static let mostEvents = 500
  package static let mostOnTimelinePage = 50
  /// The longest span that can be listed, in days.
  package static let longestSpan = 400

  package func event(_ id: String, caller: Caller) async throws -> EventPage? {
    guard let id = CalendarEvent.ID(id) else { return nil }
    return try await database.read(caller.workspaceID) { reader in
      guard let event = try reader.event(id) else { return nil }
      return try EventPage.load([event], caller: caller, from: reader)
    }
  }

  /// Events that overlap `[from, to)` by start, `first` after the cursor; `hasMore` when there are others.
  package func events(
    from: Date,
    to: Date,
    accountID: String?,
    first: Int?,
    after: EventCursor?,
    caller: Caller
  ) async throws -> (page: EventPage, hasMore: Bool) {
    guard to > from else { throw InvalidInput("to", "The end of the span must be after its start.") }
    guard to.timeIntervalSince(from) <= Double(Self.longestSpan) * 86_400 else {
      throw InvalidInput("to", "At most \(Self.longestSpan) days can be listed at once.")
    }
    let limit = try Self.limit(first, most: Self.mostEvents, field: "first")
    let account = accountID.map { ConnectedAccount.ID($0) }
    if let account, account == nil { return (EventPage(), false) }
    return try await database.read(caller.workspaceID) { reader in
      let found = try reader.events(
        from: from,
        to: to,
        accountID: account ?? nil,
        after: after,
        limit: limit + 1
      )
      let page = try EventPage.load(Array(found.prefix(limit)), caller: caller, from: reader)
      return (page, found.count > limit)
    }
  }

  /// Page `page` (from 1) of a record's events, newest first, and how many there are.
  package func timeline(
    of record: RecordReference,
    page: Int,
    pageSize: Int,
    caller: Caller
  ) async throws -> (page: EventPage, total: Int) {
    guard (1...100_000).contains(page) else { throw InvalidInput("page", "Pages are counted from 1.") }
    let size = try Self.limit(pageSize, most: Self.mostOnTimelinePage, field: "pageSize")
    return try await database.read(caller.workspaceID) { reader in
      let events = try reader.timeline(of: record, offset: (page - 1) * size, limit: size)
      return (
        try EventPage.load(events, caller: caller, from: reader), try reader.timelineCount(of: record)
      )
    }
  }

  static func limit(_ asked: Int?, most: Int, field: String) throws(InvalidInput) -> Int {
    guard let asked else { return most }
    guard asked > 0 else { throw InvalidInput(field, "Ask for at least one.") }
    return min(asked, most)
  }
}
