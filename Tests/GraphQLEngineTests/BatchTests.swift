import Synchronization
import Testing

@testable import GraphQLEngine

/// Lists within lists cost one call a field.
@Suite(.timeLimit(.minutes(5))) struct BatchTests {
  struct Shelf: GraphQLObject {
    let id: Int
  }

  struct Book: GraphQLObject {
    let id: Int
  }

  struct TooMany: GraphQLCodedError {
    let message = "Too many."
    let code = "TOO_MANY"
  }

  /// A list so long that nobody should look at it.
  struct Endless: ResolvedConvertible {
    let calls: Calls
    var elementCount: Int { 1_000_000_000 }
    var resolved: ResolvedValue {
      calls.note("looked at")
      return .list([])
    }
  }

  final class Calls: Sendable {
    let seen = Mutex<[String]>([])
    func note(_ call: String) { seen.withLock { $0.append(call) } }
  }

  private let calls = Calls()
  private let executor: GraphQLExecutor<Calls>

  init() throws {
    var table = ResolverTable<Calls>()
    table.query { type in type.field("shelves") { _ in (1...3).map(Shelf.init) } }
    table.type("Shelf", of: Shelf.self) { type in
      type.field("id") { $0.id }
      type.batch("books") { shelves, request in
        request.context.note("books of \(shelves.map(\.id))")
        return shelves.map { shelf in (0..<shelf.id).map { Book(id: shelf.id * 10 + $0) } }
      }
      type.batch("broken") { shelves, request throws -> [Int] in throw TooMany() }
      type.batch("short") { _, _ in [1] }
      type.batch("endless") { shelves, request in shelves.map { _ in Endless(calls: request.context) } }
    }
    table.type("Book", of: Book.self) { type in
      type.field("id") { $0.id }
      type.batch("sequel") { books, request in
        request.context.note("\(request.path.last?.value.jsonText ?? "") of \(books.map(\.id))")
        return books.map { $0.id % 2 == 0 ? Book(id: $0.id + 100) : nil }
      }
    }
    let sdl = """
      type Book { id: Int! sequel: Book }
      type Shelf { id: Int! books: [Book!]! broken: Int short: Int endless: [Int] }
      type Query { shelves: [Shelf!]! }
      """
    executor = try GraphQLExecutor(schema: Schema(sdl: sdl), resolvers: table) { [calls] error, path in
      calls.note("reported \(path.map(\.value.jsonText).joined())")
    }
  }

  private func ask(_ query: String) async -> String {
    await executor.execute(GraphQLRequest(query: query), context: calls).value.jsonText
  }

  @Test func `a field is asked once for all objects of its level, whichever list they are in`() async {
    let answer = await ask("{ shelves { books { id sequel { sequel { id } } } } }")
    #expect(calls.seen.withLock(\.self).first == "books of [1, 2, 3]")
    #expect(
      Array(calls.seen.withLock(\.self).dropFirst()) == [
        #""sequel" of [10, 20, 21, 30, 31, 32]"#, #""sequel" of [110, 120, 130, 132]"#,
      ]
    )
    #expect(
      answer
        == #"{"data":{"shelves":[{"books":[{"id":10,"sequel":{"sequel":{"id":210}}}]},"#
        + #"{"books":[{"id":20,"sequel":{"sequel":{"id":220}}},{"id":21,"sequel":null}]},"#
        + #"{"books":[{"id":30,"sequel":{"sequel":{"id":230}}},{"id":31,"sequel":null},"#
        + #"{"id":32,"sequel":{"sequel":{"id":232}}}]}]}}"#
    )
  }

  @Test func `a batch that fails fails for each of its objects, at its own place`() async {
    let answer = await ask("{ shelves { broken } }")
    for index in 0..<3 { #expect(answer.contains(#""path":["shelves",\#(index),"broken"]"#)) }
    #expect(answer.hasSuffix(#""data":{"shelves":[{"broken":null},{"broken":null},{"broken":null}]}}"#))
  }

  @Test func `a batch that gives too few values is the program's mistake`() async {
    let answer = await ask("{ shelves { id short } }")
    #expect(answer.contains("INTERNAL_SERVER_ERROR"))
    #expect(answer.contains(#"{"id":1,"short":null}"#))
    // One mistake is one line in the log, however many objects it is about.
    #expect(calls.seen.withLock(\.self) == [#"reported "shelves"0"short""#])
  }

  @Test func `the elements of a batch's lists are counted before any resolver sees them`() async {
    let answer = await ask("{ shelves { endless } }")
    #expect(answer.contains(GraphQLErrorCode.limitExceeded))
    #expect(calls.seen.withLock(\.self) == [])
  }

  @Test func `a loader fetches each key once, however many fields ask for it`() async throws {
    let calls = Calls()
    let loader = BatchLoader<Int, String> { keys in
      calls.note("\(keys.sorted())")
      return Dictionary(uniqueKeysWithValues: keys.filter { $0 > 0 }.map { ($0, "\($0)") })
    }
    #expect(try await loader.load([1, 2, 2, -1]) == [1: "1", 2: "2"])
    #expect(try await loader.load([2, 3, -1]) == [2: "2", 3: "3"])
    async let one = loader.load([7, 8])
    async let other = loader.load([8, 9])
    _ = try await (one, other)
    let seen = calls.seen.withLock(\.self)
    #expect(seen.prefix(2) == ["[-1, 1, 2]", "[3]"])
    #expect(seen.dropFirst(2).joined().filter { $0 == "8" }.count == 1)
  }
}
