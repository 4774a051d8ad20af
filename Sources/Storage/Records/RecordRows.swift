import CalendarCore

extension Person {
  /// Without its addresses, which are rows of their own.
  init(_ row: SQLRow) throws {
    self.init(
      id: try row.id("id"),
      firstName: try row.optionalText("first_name"),
      lastName: try row.optionalText("last_name"),
      companyID: try row.optionalID("company_id"),
      jobTitle: try row.optionalText("job_title")
    )
  }
}

extension Company {
  init(_ row: SQLRow) throws {
    self.init(
      id: try row.id("id"),
      name: try row.text("name"),
      domainName: try row.optionalText("domain_name")
    )
  }
}

extension Opportunity {
  init(_ row: SQLRow) throws {
    self.init(
      id: try row.id("id"),
      name: try row.text("name"),
      companyID: try row.optionalID("company_id"),
      pointOfContactID: try row.optionalID("point_of_contact_id"),
      stage: try row.optionalText("stage"),
      amount: try row.optionalNumber("amount")
    )
  }
}

extension RecordCursor {
  init(_ row: SQLRow) throws { self.init(sortKey: try row.text("sort_key"), id: try row.text("id")) }
}
