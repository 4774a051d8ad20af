package import CalendarCore

/// Reads persons, companies and opportunities, each list with the records it points to.
package struct RecordQueries: Sendable {
  let database: any Database

  package static let maximumPerPage = 100
  private static let searchCharacters = 200

  /// A page of one kind of record.
  package struct Page<Row: Sendable>: Sendable {
    package var rows: [Paged<Row>]
    package var hasMore: Bool
  }

  package func people(
    search: String?,
    first: Int?,
    after: RecordCursor?,
    caller: Caller
  ) async throws -> Page<Person> {
    let request = try Self.request(search, first, after)
    return try await database.read(caller.workspaceID) { reader in
      Self.page(try reader.records.people(request), limit: request.limit - 1)
    }
  }

  package func companies(
    search: String?,
    first: Int?,
    after: RecordCursor?,
    caller: Caller
  ) async throws -> Page<Company> {
    let request = try Self.request(search, first, after)
    return try await database.read(caller.workspaceID) { reader in
      Self.page(try reader.records.companies(request), limit: request.limit - 1)
    }
  }

  package func opportunities(
    search: String?,
    first: Int?,
    after: RecordCursor?,
    caller: Caller
  ) async throws -> Page<Opportunity> {
    let request = try Self.request(search, first, after)
    return try await database.read(caller.workspaceID) { reader in
      Self.page(try reader.records.opportunities(request), limit: request.limit - 1)
    }
  }

  package func person(_ id: Person.ID, caller: Caller) async throws -> Person? {
    try await database.read(caller.workspaceID) { try $0.records.people(ids: [id]).first }
  }

  package func company(_ id: Company.ID, caller: Caller) async throws -> Company? {
    try await database.read(caller.workspaceID) { try $0.records.companies(ids: [id]).first }
  }

  package func opportunity(_ id: Opportunity.ID, caller: Caller) async throws -> Opportunity? {
    try await database.read(caller.workspaceID) { try $0.records.opportunities(ids: [id]).first }
  }

  /// Those that exist of the ids asked for.
  package func people(ids: [Person.ID], caller: Caller) async throws -> [Person.ID: Person] {
    let people = try await database.read(caller.workspaceID) { try $0.records.people(ids: ids) }
    return Dictionary(people.map { ($0.id, $0) }) { first, _ in first }
  }

  /// Those that exist of the ids asked for.
  package func companies(ids: [Company.ID], caller: Caller) async throws -> [Company.ID: Company] {
    let companies = try await database.read(caller.workspaceID) { try $0.records.companies(ids: ids) }
    return Dictionary(companies.map { ($0.id, $0) }) { first, _ in first }
  }

  /// Those who have one of the addresses asked for.
  package func people(emails: [EmailAddress], caller: Caller) async throws -> [EmailAddress: Person] {
    try await database.read(caller.workspaceID) { try $0.records.people(emails: emails) }
  }

  /// The people of each company, by name, at most a page of them each.
  package func people(of companies: [Company.ID], caller: Caller) async throws -> [Company.ID: [Person]] {
    let people = try await database.read(caller.workspaceID) {
      try $0.records.people(companyIDs: companies, limitEach: Self.maximumPerPage)
    }
    var found: [Company.ID: [Person]] = [:]
    for person in people {
      if let company = person.companyID { found[company, default: []].append(person) }
    }
    return found
  }

  private static func request(
    _ search: String?,
    _ first: Int?,
    _ after: RecordCursor?
  ) throws(InvalidInput) -> PageRequest {
    guard (search ?? "").utf16.count <= searchCharacters else {
      throw InvalidInput("search", Messages.Access.searchTooLong(limit: searchCharacters))
    }
    let limit = try EventQueries.limit(first, most: maximumPerPage, field: "first")
    return PageRequest(search: search?.trimmed, after: after, limit: limit + 1)
  }

  private static func page<Row>(_ rows: [Paged<Row>], limit: Int) -> Page<Row> {
    Page(rows: Array(rows.prefix(limit)), hasMore: rows.count > limit)
  }
}
