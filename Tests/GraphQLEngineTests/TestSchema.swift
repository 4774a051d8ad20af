import Synchronization
import Testing

@testable import GraphQLEngine

/// A small fixture to execute against.
struct TestSchema: Sendable {
  static let sdl = """
    scalar Moment
    enum Mood { HAPPY SAD }
    interface Being { id: ID! name: String }
    type Person implements Being {
      id: ID!
      name: String
      mood: Mood!
      friends: [Person!]!
      rivals: [Person]
      boss: Person
      strictBoss: Person!
      born: Moment
      greet(who: String = "you", loud: Boolean): String!
    }
    type Robot implements Being { id: ID! name: String parts: [Int] }
    union Thing = Person | Robot
    input PersonInput { name: String! mood: Mood = HAPPY nick: String tags: [String!] at: Moment }
    input Key @oneOf { id: ID name: String }
    type Query {
      person(id: ID!): Person
      strictPerson(id: ID!): Person!
      being(id: ID!): Being
      things: [Thing!]!
      find(by: Key!): String
      echo(input: PersonInput, list: [Int!], number: Float, text: String, whole: Int): String
      fail(how: String!): String
      failHard(how: String!): String!
      left: String
      right: String
      wrongType: Int
      wrongMood: Mood
      nothing: String!
    }
    type Mutation { add(step: String!): String! refuse: String! }
    type Subscription { ticked(to: Int = 3, failAt: Int): Int befriended(id: ID!): Person! refused: Int silent: Int flaky: Int }
    """

  struct Person: GraphQLObject {
    let id: String
    var name: String?
    var boss: String?
    var friends: [String] = []
    var rivals: [String?] = []
  }

  struct Robot: GraphQLObject {
    let id: String
  }

  enum Mood: String, ResolvedConvertible {
    case happy = "HAPPY"
  }

  struct Refusal: GraphQLCodedError {
    let message = "You may not."
    let code = "FORBIDDEN"
    let extensions: [String: GraphQLValue] = ["retry": false]
  }

  struct Secret: Error {}

  static let people: [String: Person] = [
    "1": Person(id: "1", name: "Ada", boss: "2", friends: ["2", "3"], rivals: ["2", "none", "3"]),
    "2": Person(id: "2", name: "Bo"),
    "3": Person(id: "3", boss: "fails", friends: ["2", "none"]),
  ]

  static func person(_ id: String) throws -> Person? {
    if id == "fails" { throw Refusal() }
    return people[id]
  }

  /// A record of reports and of mutations' steps, and a place where two fields meet.
  actor Log {
    private(set) var steps: [String] = []
    private var waiting: CheckedContinuation<Void, Never>?

    func add(_ step: String) { steps.append(step) }

    /// Returns when it has been called twice.
    func meet() async {
      if let other = waiting {
        waiting = nil
        other.resume()
      } else {
        await withCheckedContinuation { waiting = $0 }
      }
    }
  }

  let executor: GraphQLExecutor<Log>
  let log = Log()

  init(
    limits: DocumentLimits = .default,
    report: @escaping @Sendable (any Error, [PathElement]) -> Void = { _, _ in }
  ) throws {
    var table = ResolverTable<Log>()
    Self.addQueries(to: &table)
    Self.addTypes(to: &table)
    Self.addStreams(to: &table)
    table.mutation { type in
      type.field("add") { _, request in
        let step = try request.arguments.string("step")
        await request.context.add("begin \(step)")
        // Any other resolver that could run would run now.
        await Task.yield()
        await request.context.add("end \(step)")
        return step
      }
      type.field("refuse") { _, _ async throws -> String in throw Refusal() }
    }
    let moment = ScalarCodec(
      serialize: { .string("at " + ($0.stringValue ?? "")) },
      parse: { value in
        guard let text = value.stringValue, text.hasPrefix("at ") else {
          throw ScalarCoercionError("A moment begins with at.")
        }
        return .string(String(text.dropFirst(3)))
      }
    )
    executor = try GraphQLExecutor(
      schema: Schema(sdl: Self.sdl),
      resolvers: table,
      scalars: ["Moment": moment],
      limits: limits,
      report: report
    )
  }

  private static func addQueries(to table: inout ResolverTable<Log>) {
    table.query { type in
      type.field("person") { _, request in try person(request.arguments.string("id")) }
      type.field("strictPerson") { _, request in try person(request.arguments.string("id")) }
      type.field("being") { _, request async throws -> ResolvedValue in
        let id = try request.arguments.string("id")
        return try id == "r" ? Robot(id: id).resolved : person(id).resolved
      }
      type.field("things") { _ in [Robot(id: "r").resolved, people["2"].resolved] }
      type.field("find") { _, request in try request.arguments.object("by").fields.first?.key }
      type.field("echo") { _, request in GraphQLValue.object(request.arguments.fields).jsonText }
      type.field("fail") { _, request in try fail(request.arguments.string("how")) }
      type.field("failHard") { _, request in try fail(request.arguments.string("how")) }
      type.field("left") { _, request async in
        await request.context.meet()
        return "left"
      }
      type.field("right") { _, request async in
        await request.context.meet()
        return "right"
      }
      type.field("wrongType") { _ in "seven" }
      type.field("wrongMood") { _ in "ANGRY" }
      type.field("nothing") { _ in String?.none }
    }
  }

  private static func addStreams(to table: inout ResolverTable<Log>) {
    table.subscription { type in
      type.stream("ticked") { request in
        let last = try request.arguments.int("to")
        let failing = request.arguments.optionalInt("failAt")
        let ticks = Mutex(0)
        return AsyncThrowingStream<SourceEvent<Int>, any Error> {
          let tick = ticks.withLock { ticks in
            ticks += 1
            return ticks
          }
          if tick == failing { throw Secret() }
          await request.context.add("tick \(tick)")
          return tick <= last ? SourceEvent(tick, id: "after \(tick)") : nil
        }
      }
      type.stream("befriended") { request in
        let ids = try person(request.arguments.string("id"))?.friends ?? []
        return AsyncThrowingStream<SourceEvent<Person?>, any Error> { continuation in
          for id in ids { continuation.yield(SourceEvent(people[id])) }
          continuation.finish()
        }
      }
      type.stream("silent") { _ in
        AsyncThrowingStream<SourceEvent<Int>, any Error> { continuation in
          continuation.yield(.position("here"))
          continuation.finish()
        }
      }
      type.stream("flaky") { _ in
        AsyncThrowingStream<SourceEvent<Int>, any Error> { continuation in
          for event in [SourceEvent(1), .failure(Refusal(), id: "after 2"), SourceEvent(3)] {
            continuation.yield(event)
          }
          continuation.finish()
        }
      }
      type.stream("refused") { _ async throws -> AsyncThrowingStream<SourceEvent<Int>, any Error> in
        throw Refusal()
      }
    }
  }

  private static func fail(_ how: String) throws -> String {
    if how == "coded" { throw Refusal() }
    throw Secret()
  }

  private static func addTypes(to table: inout ResolverTable<Log>) {
    table.type("Person", of: Person.self) { type in
      type.field("id", \.id)
      type.field("name") { $0.name }
      type.field("mood") { _ in Mood.happy }
      type.field("friends") { $0.friends.map { people[$0] } }
      type.field("rivals") { person, _ async in person.rivals.map { $0.flatMap { people[$0] } } }
      type.field("boss") { person, _ async throws in try person.boss.flatMap { try Self.person($0) } }
      type.field("strictBoss") { person, _ async throws in try person.boss.flatMap { try Self.person($0) } }
      type.field("born") { _ in "noon" }
      type.field("greet") { person, request in
        let who = try request.arguments.string("who")
        let how =
          request.arguments["loud"].map { $0 == .null ? "null" : "\($0.boolValue ?? false)" } ?? "absent"
        return "\(who) \(how)"
      }
    }
    table.type("Robot", of: Robot.self) { type in
      type.field("id") { $0.id }
      type.field("name") { _ in "Robot" }
      type.field("parts") { _ in GraphQLValue.list([1, nil, 3]) }
    }
  }

  /// The answer as JSON.
  func ask(_ query: String, _ variables: OrderedFields = [:], operation: String? = nil) async -> String {
    let request = GraphQLRequest(query: query, operationName: operation, variables: variables)
    return await executor.execute(request, context: log).value.jsonText
  }
}
