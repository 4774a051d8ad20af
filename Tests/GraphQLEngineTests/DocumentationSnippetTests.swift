import GraphQLEngine
import Testing

/// The code of the articles in GraphQLEngine.docc; `scripts/check-documents` compares the two.
@Suite(.timeLimit(.minutes(1))) struct DocumentationSnippetTests {
  // snippet: types
  struct Person: GraphQLObject {
    let id: String
    let name: String
    let companyID: String
  }

  struct Company: GraphQLObject { let name: String }

  struct RequestContext: Sendable {
    let people: [Person]
    let companies: BatchLoader<String, Company>
  }
  // snippet end

  private func executor(limits: DocumentLimits = .default) throws -> GraphQLExecutor<RequestContext> {
    // snippet: schema
    let schema = try Schema(
      sdl: """
        directive @listSize(assumedSize: Int) on FIELD_DEFINITION
        type Query { people: [Person!]! @listSize(assumedSize: 50) }
        type Subscription { personChanged: Person! }
        type Person { id: ID! name: String! company: Company }
        type Company { name: String! }
        """
    )
    var table = ResolverTable<RequestContext>()
    table.query { type in
      type.field("people") { _, request in request.context.people }
    }
    table.type("Company", of: Company.self) { type in
      type.field("name", \.name)
    }
    // snippet end
    // snippet: batching
    table.type("Person", of: Person.self) { type in
      type.field("id", \.id)
      type.field("name", \.name)
      type.batch("company") { people, request in
        let found = try await request.context.companies.load(people.map(\.companyID))
        return people.map { found[$0.companyID] }
      }
    }
    // snippet end
    // snippet: subscription
    table.subscription { type in
      type.stream("personChanged") { request in
        let people = request.context.people
        return AsyncThrowingStream<SourceEvent<Person>, any Error> { continuation in
          for person in people { continuation.yield(SourceEvent(person)) }
          continuation.finish()
        }
      }
    }
    // snippet end
    return try GraphQLExecutor(schema: schema, resolvers: table, limits: limits)
  }

  private var context: RequestContext {
    RequestContext(
      people: [Person(id: "1", name: "Ann", companyID: "a"), Person(id: "2", name: "Bob", companyID: "a")],
      companies: BatchLoader { keys in
        Dictionary(uniqueKeysWithValues: keys.map { ($0, Company(name: "Company \($0)")) })
      }
    )
  }

  @Test func `a request is executed`() async throws {
    let (executor, context) = (try executor(), context)
    let body = Array(#"{"query":"{ people { name company { name } } }"}"#.utf8)
    // snippet: executing
    let request = try GraphQLRequest(json: body)
    let response = await executor.execute(request, context: context)
    let data = response.jsonData()
    // snippet end
    #expect(response.errors.isEmpty && String(decoding: data, as: UTF8.self).contains("Company a"))
  }

  @Test func `a subscription is followed`() async throws {
    let (executor, context) = (try executor(), context)
    var seen = 0
    // snippet: subscribing
    let request = GraphQLRequest(query: "subscription { personChanged { name } }")
    for await event in try await executor.subscribe(request, context: context) {
      if let response = event.response { print(response.jsonData().count) }
      seen += 1
    }
    // snippet end
    #expect(seen == 2)
  }

  @Test func `a limit is held`() async throws {
    let context = context
    // snippet: limits
    var limits = DocumentLimits()
    limits.maxDepth = 2
    limits.maxDuration = .seconds(5)
    // snippet end
    let request = GraphQLRequest(query: "{ people { company { name } } }")
    let response = await (try executor(limits: limits)).execute(request, context: context)
    #expect(response.errors.count == 1)
  }
}
