/// A person the workspace does business with.
package struct Person: Sendable, Hashable {
  package typealias ID = Identifier<Person>
  package var id: ID
  package var firstName: String?
  package var lastName: String?
  /// The primary address first.
  package var emails: [EmailAddress]
  package var companyID: Company.ID?
  package var jobTitle: String?

  package init(
    id: ID,
    firstName: String? = nil,
    lastName: String? = nil,
    emails: [EmailAddress] = [],
    companyID: Company.ID? = nil,
    jobTitle: String? = nil
  ) {
    self.id = id
    self.firstName = firstName
    self.lastName = lastName
    self.emails = emails
    self.companyID = companyID
    self.jobTitle = jobTitle
  }
}

/// An organisation that persons belong to.
package struct Company: Sendable, Hashable {
  package typealias ID = Identifier<Company>
  package var id: ID
  package var name: String
  package var domainName: String?

  package init(id: ID, name: String, domainName: String? = nil) {
    self.id = id
    self.name = name
    self.domainName = domainName
  }
}

/// A possible sale.
package struct Opportunity: Sendable, Hashable {
  package typealias ID = Identifier<Opportunity>
  package var id: ID
  package var name: String
  package var companyID: Company.ID?
  package var pointOfContactID: Person.ID?
  package var stage: String?
  package var amount: Double?

  package init(
    id: ID,
    name: String,
    companyID: Company.ID? = nil,
    pointOfContactID: Person.ID? = nil,
    stage: String? = nil,
    amount: Double? = nil
  ) {
    self.id = id
    self.name = name
    self.companyID = companyID
    self.pointOfContactID = pointOfContactID
    self.stage = stage
    self.amount = amount
  }
}

/// The record whose timeline is asked for, or that an event is linked to.
package enum RecordReference: Sendable, Hashable {
  case person(Person.ID)
  case company(Company.ID)
  case opportunity(Opportunity.ID)
}
