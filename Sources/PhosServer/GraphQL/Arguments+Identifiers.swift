import CalendarCore
import CalendarService
import GraphQLEngine

/// Ids become typed here, and use cases take no others.
extension Arguments {
  /// The id that the argument is; throws `missing` for text that is the id of nothing.
  func id<ID: LosslessStringConvertible>(
    _ name: String,
    orThrow missing: @autoclosure () -> any UseCaseError
  ) throws -> ID {
    guard let id = ID(try string(name)) else { throw missing() }
    return id
  }

  /// The id that the argument is; nil when it is absent or null.
  func optionalID<ID: LosslessStringConvertible>(
    _ name: String,
    orThrow missing: @autoclosure () -> any UseCaseError
  ) throws -> ID? {
    optionalString(name) == nil ? nil : try id(name, orThrow: missing())
  }
}

/// The records that a meeting or an email is linked to.
extension Arguments {
  func linkedPersonIDs() throws -> [Person.ID]? {
    try optionalStrings("linkedPersonIds")?.map { text in
      guard let id = Person.ID(text) else { throw AccessError.missingLinkedPerson }
      return id
    }
  }

  func linkedCompanyID() throws -> Company.ID? {
    try optionalID("linkedCompanyId", orThrow: AccessError.missingLinkedCompany)
  }

  func linkedOpportunityID() throws -> Opportunity.ID? {
    try optionalID("linkedOpportunityId", orThrow: AccessError.missingLinkedOpportunity)
  }
}
