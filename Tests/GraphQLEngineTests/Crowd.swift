import Synchronization

@testable import GraphQLEngine

/// A fixture of lists within lists: a hundred companies, each with a hundred people, each of a company.
struct Crowd: Sendable {
  static let sdl = """
    type Company { id: ID! name: String people: [Person!]! }
    type Person { id: ID! name: String company: Company }
    type CompanyEdge { node: Company! }
    type CompanyConnection { edges: [CompanyEdge!]! }
    type Participant { handle: String displayName: String isOrganizer: Boolean status: String person: Person }
    type Event {
      id: ID! title: String description: String location: String startsAt: String endsAt: String
      isFullDay: Boolean timeZone: String isCanceled: Boolean recurrence: [String!]!
      participants: [Participant!]! linkedPeople: [Person!]! linkedCompany: Company slow: String
    }
    type EventEdge { node: Event! }
    type EventConnection { edges: [EventEdge!]! }
    type Query { companies: CompanyConnection! events: EventConnection! endless: String }
    type Mutation { hire: Company }
    """

  static let eventsQuery = """
    { events { edges { node {
      id title description location startsAt endsAt isFullDay timeZone isCanceled recurrence
      participants { handle displayName isOrganizer status person { id name } }
      linkedPeople { id name } linkedCompany { id name }
    } } } }
    """

  final class Counts: Sendable {
    /// Calls of resolvers that would read a database, and those among them that give a list.
    let calls = Atomic(0)
    let lists = Atomic(0)
    let hired = Atomic(0)
    let reports = Atomic(0)
    /// How many run, and how many ran at once.
    let running = Atomic(0)
    let most = Atomic(0)
  }

  struct Node: GraphQLObject {
    let id: Int
  }

  struct Edge: GraphQLObject {
    let id: Int
  }

  struct Connection: GraphQLObject {
    let count: Int
  }

  struct Event: GraphQLObject {
    let id: Int
  }

  struct EventEdge: GraphQLObject {
    let id: Int
  }

  let executor: GraphQLExecutor<Counts>
  let counts = Counts()

  init(limits: DocumentLimits = .default) throws {
    var table = ResolverTable<Counts>()
    Self.addCompanies(to: &table)
    Self.addEvents(to: &table)
    executor = try GraphQLExecutor(
      schema: Schema(sdl: Self.sdl),
      resolvers: table,
      limits: limits,
      report: { [counts] _, _ in counts.reports.add(1, ordering: .relaxed) }
    )
  }

  private static func addCompanies(to table: inout ResolverTable<Counts>) {
    table.query { type in
      type.field("companies") { _, _ async in Connection(count: 100) }
      type.field("events") { _, _ async in Connection(count: 500) }
      type.field("endless") { _, _ async throws -> String? in
        for await _ in AsyncStream.makeStream(of: Never.self).stream {}
        throw CancellationError()
      }
    }
    table.mutation { type in
      type.field("hire") { _, request async in
        request.context.hired.add(1, ordering: .relaxed)
        return Node(id: 1)
      }
    }
    table.type("CompanyConnection", of: Connection.self) { type in
      type.field("edges") { (0..<$0.count).map(Edge.init) }
    }
    table.type("CompanyEdge", of: Edge.self) { type in type.field("node") { Node(id: $0.id) } }
    table.type("Company", of: Node.self) { type in
      type.field("id") { "\($0.id)" }
      type.field("name") { "Company \($0.id)" }
      type.field("people") { _, request async in
        request.context.calls.add(1, ordering: .relaxed)
        request.context.lists.add(1, ordering: .relaxed)
        return (0..<100).map(Node.init)
      }
    }
    table.type("Person", of: Node.self) { type in
      type.field("id") { "\($0.id)" }
      type.field("name") { "Person \($0.id)" }
      type.field("company") { person, request async in
        request.context.calls.add(1, ordering: .relaxed)
        return Node(id: person.id)
      }
    }
  }

  private static func addEvents(to table: inout ResolverTable<Counts>) {
    table.type("EventConnection", of: Connection.self) { type in
      type.field("edges") { (0..<$0.count).map(EventEdge.init) }
    }
    table.type("EventEdge", of: EventEdge.self) { type in type.field("node") { Event(id: $0.id) } }
    table.type("Event", of: Event.self) { type in
      for name in ["id", "title", "description", "location", "startsAt", "endsAt", "timeZone"] {
        type.field(name) { "\($0.id)" }
      }
      for name in ["isFullDay", "isCanceled"] { type.field(name) { _ in false } }
      type.field("recurrence") { _ in [String]() }
      type.field("participants") { _, _ async in (0..<3).map(Node.init) }
      type.field("linkedPeople") { _, _ async in (0..<3).map(Node.init) }
      type.field("linkedCompany") { event, _ async in Node(id: event.id) }
      type.field("slow") { _, request async in
        let counts = request.context
        counts.most.max(counts.running.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
        // Any other resolver that could run would run now.
        for _ in 0..<10 { await Task.yield() }
        counts.running.subtract(1, ordering: .relaxed)
        return "done"
      }
    }
    table.type("Participant", of: Node.self) { type in
      for name in ["handle", "displayName", "status"] { type.field(name) { "\($0.id)" } }
      type.field("isOrganizer") { $0.id == 0 }
      type.field("person") { participant, _ async in participant }
    }
  }

  func ask(_ query: String) async -> GraphQLResponse {
    await executor.execute(GraphQLRequest(query: query), context: counts)
  }
}
