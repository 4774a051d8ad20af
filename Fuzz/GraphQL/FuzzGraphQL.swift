import Foundation
import FuzzSupport
import GraphQLEngine

/// Something of every kind, for documents to be validated against.
private let schema = """
  interface Node { id: ID! name(upper: Boolean = false): String }
  type Dog implements Node { id: ID! name(upper: Boolean = false): String owner: Human volume: Int }
  type Human implements Node { id: ID! name(upper: Boolean = false): String pets(first: Int = 1, in: [[K!]]): [Dog] }
  union Found = Dog | Human
  enum K { A B }
  scalar S
  input I { a: Int! = 1 k: [K!] o: O s: S }
  input O @oneOf { a: Int b: String }
  directive @d(a: I) repeatable on FIELD | QUERY | FRAGMENT_SPREAD | VARIABLE_DEFINITION
  type Query { node(id: ID!): Node found(by: I, o: O): [Found!]! human: Human dog: Dog s(s: S, f: Float): S }
  type Mutation { add(i: I!): Human }
  type Subscription { human: Human dog: Dog }
  """

private let promises = try? Promises(sdl: schema)

/// Called by libFuzzer with each input: a document, SDL or a coordinate, whatever it reads as.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  guard let promises else { abort() }
  let broken = promises.broken(by: text)
  expect(broken == nil, broken ?? "")
  return 0
}
