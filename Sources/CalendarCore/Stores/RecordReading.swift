/// A page of a list by name: the rows after a cursor.
package struct PageRequest: Sendable, Hashable {
  /// Part of a name, address or domain, without regard to case; nil or empty for all.
  package var search: String?
  package var after: RecordCursor?
  package var limit: Int

  package init(search: String? = nil, after: RecordCursor? = nil, limit: Int) {
    self.search = search
    self.after = after
    self.limit = limit
  }
}

/// The place in a list by name: everything after this one.
package struct RecordCursor: Sendable, Hashable {
  package var sortKey: String
  package var id: String

  package init(sortKey: String, id: String) {
    self.sortKey = sortKey
    self.id = id
  }
}

/// A row with the cursor that continues after it.
package struct Paged<Row: Sendable>: Sendable {
  package var row: Row
  package var cursor: RecordCursor

  package init(row: Row, cursor: RecordCursor) {
    self.row = row
    self.cursor = cursor
  }
}

/// Reads persons, companies and opportunities.
package protocol RecordReading {
  func people(_ page: PageRequest) throws -> [Paged<Person>]
  func companies(_ page: PageRequest) throws -> [Paged<Company>]
  func opportunities(_ page: PageRequest) throws -> [Paged<Opportunity>]
  /// Those that exist of the ids asked for, in any order.
  func people(ids: [Person.ID]) throws -> [Person]
  func companies(ids: [Company.ID]) throws -> [Company]
  func opportunities(ids: [Opportunity.ID]) throws -> [Opportunity]
  /// The people of each of these companies, by name, at most so many of each.
  func people(companyIDs: [Company.ID], limitEach: Int) throws -> [Person]
  /// The people who have one of these addresses, by address.
  func people(emails: [EmailAddress]) throws -> [EmailAddress: Person]
}

/// Writes persons, companies and opportunities.
package protocol RecordWriting: RecordReading {
  func insert(_ person: Person) throws
  func insert(_ company: Company) throws
  func insert(_ opportunity: Opportunity) throws
}
