import CalendarCore
import CalendarService
import GraphQLEngine

extension Resolvers {
  static func addRecords(to table: inout ResolverTable<CallerContext>) {
    addRecordQueries(to: &table)
    addRecordMutations(to: &table)
    table.type("Person", of: PersonView.self) { type in
      type.field("id") { $0.person.id.description }
      type.field("firstName") { $0.person.firstName }
      type.field("lastName") { $0.person.lastName }
      type.field("emails") { $0.person.emails.map(\.rawValue) }
      type.field("jobTitle") { $0.person.jobTitle }
      type.batch("company") { views, request in
        try await request.context.records.companies.load(
          \.person.companyID,
          of: views,
          as: CompanyView.init
        )
      }
    }
    table.type("Company", of: CompanyView.self) { type in
      type.field("id") { $0.company.id.description }
      type.field("name") { $0.company.name }
      type.field("domainName") { $0.company.domainName }
      type.batch("people") { views, request in
        let people = try await request.context.records.peopleOfCompanies.load(views.map(\.company.id))
        // Made once a company, however often it stands there.
        let peopleViews = people.mapValues { $0.map(PersonView.init) }
        return views.map { peopleViews[$0.company.id, default: []] }
      }
    }
    table.type("Opportunity", of: OpportunityView.self) { type in
      type.field("id") { $0.opportunity.id.description }
      type.field("name") { $0.opportunity.name }
      type.field("stage") { $0.opportunity.stage }
      type.field("amount") { $0.opportunity.amount }
      type.batch("company") { views, request in
        try await request.context.records.companies.load(
          \.opportunity.companyID,
          of: views,
          as: CompanyView.init
        )
      }
      type.batch("pointOfContact") { views, request in
        try await request.context.records.people.load(
          \.opportunity.pointOfContactID,
          of: views,
          as: PersonView.init
        )
      }
    }
    addConnection("Person", of: PersonView.self, to: &table)
    addConnection("Company", of: CompanyView.self, to: &table)
    addConnection("Opportunity", of: OpportunityView.self, to: &table)
  }

  private static func addRecordQueries(to table: inout ResolverTable<CallerContext>) {
    table.query { query in
      query.field("people") { _, request in
        try await exposingRefusals {
          let (search, first, after) = try page(request.arguments)
          let found = try await request.context.useCases.records.queries.people(
            search: search,
            first: first,
            after: after,
            caller: request.context.caller
          )
          return connection(found, PersonView.init)
        }
      }
      query.field("companies") { _, request in
        try await exposingRefusals {
          let (search, first, after) = try page(request.arguments)
          let found = try await request.context.useCases.records.queries.companies(
            search: search,
            first: first,
            after: after,
            caller: request.context.caller
          )
          return connection(found, CompanyView.init)
        }
      }
      query.field("opportunities") { _, request in
        try await exposingRefusals {
          let (search, first, after) = try page(request.arguments)
          let found = try await request.context.useCases.records.queries.opportunities(
            search: search,
            first: first,
            after: after,
            caller: request.context.caller
          )
          return connection(found, OpportunityView.init)
        }
      }
      query.field("person") { _, request in
        let context = request.context
        guard let id = Person.ID(try request.arguments.string("id")) else { return PersonView?.none }
        return try await context.useCases.records.queries.person(id, caller: context.caller)
          .map { PersonView(person: $0) }
      }
      query.field("company") { _, request in
        let context = request.context
        guard let id = Company.ID(try request.arguments.string("id")) else { return CompanyView?.none }
        return try await context.useCases.records.queries.company(id, caller: context.caller)
          .map { CompanyView(company: $0) }
      }
      query.field("opportunity") { _, request in
        let context = request.context
        guard let id = Opportunity.ID(try request.arguments.string("id")) else {
          return OpportunityView?.none
        }
        return try await context.useCases.records.queries.opportunity(id, caller: context.caller)
          .map { OpportunityView(opportunity: $0) }
      }
    }
  }

  private static func page(_ arguments: Arguments) throws -> (String?, Int?, RecordCursor?) {
    (
      arguments.optionalString("search"), arguments.optionalInt("first"),
      try Cursor.record(arguments.optionalString("after"))
    )
  }

  private static func connection<Row, Node>(
    _ page: RecordQueries.Page<Row>,
    _ node: (Row) -> Node
  ) -> Connection<Node> {
    Connection(
      edges: page.rows.map { .init(node: node($0.row), cursor: Cursor.text($0.cursor)) },
      hasNextPage: page.hasMore
    )
  }

  private static func addRecordMutations(to table: inout ResolverTable<CallerContext>) {
    table.mutation { mutation in
      mutation.field("createPerson") { _, request in
        let (input, context) = (try request.arguments.object("input"), request.context)
        return try await exposingRefusals {
          PersonView(
            person: try await context.useCases.records.create.person(
              firstName: input.optionalString("firstName"),
              lastName: input.optionalString("lastName"),
              emails: input.optionalStrings("emails") ?? [],
              companyID: try input.optionalID("companyId", orThrow: AccessError.missingRecord("companyId")),
              jobTitle: input.optionalString("jobTitle"),
              caller: context.caller
            )
          )
        }
      }
      mutation.field("createCompany") { _, request in
        let (input, context) = (try request.arguments.object("input"), request.context)
        return try await exposingRefusals {
          CompanyView(
            company: try await context.useCases.records.create.company(
              name: try input.string("name"),
              domainName: input.optionalString("domainName"),
              caller: context.caller
            )
          )
        }
      }
      mutation.field("createOpportunity") { _, request in
        let (input, context) = (try request.arguments.object("input"), request.context)
        return try await exposingRefusals {
          OpportunityView(
            opportunity: try await context.useCases.records.create.opportunity(
              name: try input.string("name"),
              companyID: try input.optionalID("companyId", orThrow: AccessError.missingRecord("companyId")),
              pointOfContactID: try input.optionalID(
                "pointOfContactId",
                orThrow: AccessError.missingRecord("pointOfContactId")
              ),
              stage: input.optionalString("stage"),
              amount: input.optionalDouble("amount"),
              caller: context.caller
            )
          )
        }
      }
    }
  }
}
