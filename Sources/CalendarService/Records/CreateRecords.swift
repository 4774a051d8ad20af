package import CalendarCore

/// Makes persons, companies and opportunities.
package struct CreateRecords: Sendable {
  let database: any Database
  let ids: IdentifierSource

  package func person(
    firstName: String?,
    lastName: String?,
    emails: [String],
    companyID: Company.ID?,
    jobTitle: String?,
    caller: Caller
  ) async throws -> Person {
    guard emails.count <= 20 else { throw InvalidInput("emails", Messages.Records.tooManyAddresses) }
    var addresses: [EmailAddress] = []
    for text in emails {
      guard let address = EmailAddress(text) else {
        throw InvalidInput("emails", Messages.Access.invalidEmailAddress(text.trimmed.prefix(60)))
      }
      if !addresses.contains(address) { addresses.append(address) }
    }
    let person = Person(
      id: ids.make(),
      firstName: try Self.name(firstName, "firstName"),
      lastName: try Self.name(lastName, "lastName"),
      emails: addresses,
      companyID: companyID,
      jobTitle: try Self.name(jobTitle, "jobTitle")
    )
    guard person.firstName != nil || person.lastName != nil || !person.emails.isEmpty else {
      throw InvalidInput("lastName", Messages.Records.personWithoutName)
    }
    return try await database.write(caller.workspaceID) { transaction in
      try Self.require(person.companyID, in: transaction)
      try transaction.records.insert(person)
      return person
    }
  }

  package func company(name: String, domainName: String?, caller: Caller) async throws -> Company {
    guard let name = try Self.name(name, "name") else {
      throw InvalidInput("name", Messages.Records.companyWithoutName)
    }
    let company = Company(id: ids.make(), name: name, domainName: try Self.name(domainName, "domainName"))
    try await database.write(caller.workspaceID) { try $0.records.insert(company) }
    return company
  }

  package func opportunity(
    name: String,
    companyID: Company.ID?,
    pointOfContactID: Person.ID?,
    stage: String?,
    amount: Double?,
    caller: Caller
  ) async throws -> Opportunity {
    guard let name = try Self.name(name, "name") else {
      throw InvalidInput("name", Messages.Records.opportunityWithoutName)
    }
    guard amount.map({ $0.isFinite && abs($0) < 1e15 }) ?? true else {
      throw InvalidInput("amount", Messages.Records.amountTooLarge)
    }
    let opportunity = Opportunity(
      id: ids.make(),
      name: name,
      companyID: companyID,
      pointOfContactID: pointOfContactID,
      stage: try Self.name(stage, "stage"),
      amount: amount
    )
    return try await database.write(caller.workspaceID) { transaction in
      try Self.require(opportunity.companyID, in: transaction)
      if let contact = opportunity.pointOfContactID, try transaction.records.people(ids: [contact]).isEmpty {
        throw AccessError.notFound(what: Messages.Things.pointOfContact, field: "pointOfContactId")
      }
      try transaction.records.insert(opportunity)
      return opportunity
    }
  }

  private static func name(_ text: String?, _ field: String) throws(InvalidInput) -> String? {
    try EventText.line(text, field: field, name: Messages.Fields.recordText, limit: 200)
  }

  private static func require(_ id: Company.ID?, in reader: any WorkspaceReader) throws {
    if let id, try reader.records.companies(ids: [id]).isEmpty {
      throw AccessError.notFound(what: Messages.Things.company, field: "companyId")
    }
  }
}
