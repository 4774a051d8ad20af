import CalendarCore

/// The people, companies and opportunities of one workspace.
struct RecordTable: RecordWriting, WorkspaceTable {
  let connection: any SQLConnection
  let workspaceID: Workspace.ID
}

extension RecordTable {
  func people(_ page: PageRequest) throws -> [Paged<Person>] {
    let rows = try rows(of: "person", page)
    return zip(try people(rows), try rows.map(RecordCursor.init)).map { Paged(row: $0, cursor: $1) }
  }

  func companies(_ page: PageRequest) throws -> [Paged<Company>] {
    try rows(of: "company", page).map { Paged(row: try Company($0), cursor: try RecordCursor($0)) }
  }

  func opportunities(_ page: PageRequest) throws -> [Paged<Opportunity>] {
    try rows(of: "opportunity", page).map { Paged(row: try Opportunity($0), cursor: try RecordCursor($0)) }
  }

  func people(ids: [Person.ID]) throws -> [Person] {
    try people(rows(of: "person", ids: Set(ids).map(SQLValue.id)))
  }

  func companies(ids: [Company.ID]) throws -> [Company] {
    try rows(of: "company", ids: Set(ids).map(SQLValue.id)).map(Company.init)
  }

  func opportunities(ids: [Opportunity.ID]) throws -> [Opportunity] {
    try rows(of: "opportunity", ids: Set(ids).map(SQLValue.id)).map(Opportunity.init)
  }

  func people(companyIDs: [Company.ID], limitEach: Int) throws -> [Person] {
    try people(
      connection.rows(inSlicesOf: companyIDs.map(SQLValue.id)) {
        """
        SELECT * FROM (
          SELECT *, ROW_NUMBER() OVER (PARTITION BY company_id ORDER BY sort_key, id) AS place
          FROM person WHERE workspace_id = \(tenant) AND company_id IN (\(list: $0))
        ) AS ranked WHERE place <= \(.integer(Int64(limitEach)))
        ORDER BY company_id, place
        """
      }
    )
  }

  /// Where several persons have an address, the one for whom it comes first, then the one with the smaller id.
  func people(emails: [EmailAddress]) throws -> [EmailAddress: Person] {
    let rows = try connection.rows(inSlicesOf: Array(Set(emails.map { SearchText($0).value }))) {
      """
      SELECT address, person_id FROM person_email
      WHERE workspace_id = \(tenant) AND address IN (\(list: $0))
      ORDER BY address, position, person_id
      """
    }
    let owners: [String: Person.ID] = try Dictionary(
      rows.map { (try $0.text("address"), try $0.id("person_id")) },
      uniquingKeysWith: { first, _ in first }
    )
    let people = Dictionary(
      try people(ids: Array(owners.values)).map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    return emails.reduce(into: [:]) { found, email in
      found[email] = owners[SearchText(email).folded].flatMap { people[$0] }
    }
  }

  /// The ids of a record's people: of a company those who work there, of an opportunity its point of contact and its
  /// company's people.
  static func people(_ workspace: Workspace.ID, of record: RecordReference) -> SQLQuery {
    switch record {
    case .person(let id): "SELECT id FROM person WHERE workspace_id = \(workspace) AND id = \(id)"
    case .company(let id): "SELECT id FROM person WHERE workspace_id = \(workspace) AND company_id = \(id)"
    case .opportunity(let id):
      """
      SELECT point_of_contact_id FROM opportunity
      WHERE workspace_id = \(workspace) AND id = \(id) AND point_of_contact_id IS NOT NULL
      UNION
      SELECT p.id FROM opportunity o
      JOIN person p ON p.workspace_id = o.workspace_id AND p.company_id = o.company_id
      WHERE o.workspace_id = \(workspace) AND o.id = \(id)
      """
    }
  }

  private func rows(of table: StaticString, _ page: PageRequest) throws -> [SQLRow] {
    var condition: SQLQuery = "workspace_id = \(tenant)"
    if let search = page.search, !search.isEmpty {
      guard let pattern = SearchText(search).pattern else { return [] }
      condition = "\(condition) AND search_text LIKE \(pattern) ESCAPE '\\'"
    }
    if let after = page.after {
      condition = "\(condition) AND (sort_key, id) > (\(.string(after.sortKey)), \(.string(after.id)))"
    }
    return try connection.rows(
      """
      SELECT * FROM \(name: table) WHERE \(condition)
      ORDER BY sort_key, id LIMIT \(.count(max(0, page.limit)))
      """
    )
  }

  private func rows(of table: StaticString, ids: [SQLValue]) throws -> [SQLRow] {
    try connection.rows(inSlicesOf: ids) {
      "SELECT * FROM \(name: table) WHERE workspace_id = \(tenant) AND id IN (\(list: $0))"
    }
  }

  /// The persons of these rows, with the addresses of all of them read at once.
  private func people(_ rows: [SQLRow]) throws -> [Person] {
    var people = try rows.map(Person.init)
    let emails = try connection.rows(inSlicesOf: people.map { SQLValue.id($0.id) }) {
      """
      SELECT person_id, email FROM person_email WHERE workspace_id = \(tenant) AND person_id IN (\(list: $0))
      ORDER BY person_id, position
      """
    }
    var emailsByPerson: [Person.ID: [EmailAddress]] = [:]
    for row in emails {
      emailsByPerson[try row.id("person_id"), default: []].append(try row.address("email"))
    }
    for index in people.indices { people[index].emails = emailsByPerson[people[index].id] ?? [] }
    return people
  }
}

extension RecordTable {
  func insert(_ person: Person) throws {
    let name = [person.firstName, person.lastName].compactMap(\.self).joined(separator: " ")
    try connection.insert(
      into: "person",
      [
        "workspace_id": tenant,
        "id": .id(person.id),
        "first_name": .string(person.firstName),
        "last_name": .string(person.lastName),
        "company_id": .id(person.companyID),
        "job_title": .string(person.jobTitle),
        // As the lists show them: by name, by address who has none.
        "sort_key": SearchText(name.isEmpty ? person.emails.first?.rawValue ?? "" : name).value,
        "search_text": SearchText([name] + person.emails.map(\.rawValue)).value,
      ]
    )
    try connection.insert(
      into: "person_email",
      rows: person.emails.enumerated().map { position, email in
        [
          "workspace_id": tenant,
          "person_id": .id(person.id),
          "position": .count(position),
          "email": .string(email.rawValue),
          "address": SearchText(email).value,
        ]
      }
    )
  }

  func insert(_ company: Company) throws {
    try connection.insert(
      into: "company",
      [
        "workspace_id": tenant,
        "id": .id(company.id),
        "name": .string(company.name),
        "domain_name": .string(company.domainName),
        "sort_key": SearchText(company.name).value,
        "search_text": SearchText([company.name, company.domainName]).value,
      ]
    )
  }

  func insert(_ opportunity: Opportunity) throws {
    try connection.insert(
      into: "opportunity",
      [
        "workspace_id": tenant,
        "id": .id(opportunity.id),
        "name": .string(opportunity.name),
        "company_id": .id(opportunity.companyID),
        "point_of_contact_id": .id(opportunity.pointOfContactID),
        "stage": .string(opportunity.stage),
        "amount": .number(opportunity.amount),
        "sort_key": SearchText(opportunity.name).value,
        "search_text": SearchText(opportunity.name).value,
      ]
    )
  }
}
