import Testing

@testable import GraphQLEngine

/// Each rule once broken and once kept, in graphql-js' own words.
///
/// The many other cases are compared with the
/// reference implementation by `DifferentialTests`.
@Suite(.timeLimit(.minutes(5))) struct ValidationTests {
  private func messages(_ text: String) throws -> [String] {
    let schema = try Schema(sdl: Fixture.text("wide.graphql"))
    return verdict(text, schema).listValue?.compactMap { $0["message"]?.stringValue } ?? []
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let bad: String
    let message: String
    let good: String

    init(_ bad: String, _ message: String, _ good: String) {
      self.bad = bad
      self.message = message
      self.good = good
    }

    var testDescription: String { bad }
  }

  static let cases: [Case] = [
    Case("{ extra } type T { a: Int }", #"The "T" definition is not executable."#, "{ extra }"),
    Case(
      "query A { extra } query A { extra }",
      #"There can be only one operation named "A"."#,
      "query A { extra } query B { extra }"
    ),
    Case(
      "{ extra } query A { extra }",
      "This anonymous operation must be the only defined operation.",
      "{ extra }"
    ),
    Case(
      "subscription S { human { id } pet { id } }",
      #"Subscription "S" must select only one top level field."#,
      "subscription S { human { id age } }"
    ),
    Case(
      "{ node(id: 1) { ... on Dogg { id } } }",
      #"Unknown type "Dogg". Did you mean "Dog"?"#,
      "{ node(id: 1) { ... on Dog { id } } }"
    ),
    Case(
      "{ human { ... on Kind { id } } }",
      #"Fragment cannot condition on non composite type "Kind"."#,
      "{ animal { ... on Pet { id } } }"
    ),
    Case(
      "query ($a: Human) { extra(old: $a) }",
      #"Variable "$a" cannot be non-input type "Human"."#,
      "query ($a: Int) { extra(old: $a) }"
    ),
    Case(
      "{ human }",
      #"Field "human" of type "Human" must have a selection of subfields. Did you mean "human { ... }"?"#,
      "{ human { id } }"
    ),
    Case(
      "{ extra { a } }",
      #"Field "extra" must not have a selection since type "String" has no subfields."#,
      "{ extra }"
    ),
    Case(
      "{ node(id: 1) { barks } }",
      #"Cannot query field "barks" on type "Node". Did you mean to use an inline fragment on "Dog"?"#,
      "{ node(id: 1) { ... on Dog { barks } } }"
    ),
    Case(
      "{ ...F } fragment F on Root { extra } fragment F on Root { extra }",
      #"There can be only one fragment named "F"."#,
      "{ ...F } fragment F on Root { extra }"
    ),
    Case("{ ...F }", #"Unknown fragment "F"."#, "{ ...F } fragment F on Root { extra }"),
    Case("{ extra } fragment F on Root { extra }", #"Fragment "F" is never used."#, "{ extra }"),
    Case(
      "{ animal { ... on Human { id } } }",
      #"Fragment cannot be spread here as objects of type "Animal" can never be of type "Human"."#,
      "{ animal { ... on Named { id } } }"
    ),
    Case(
      "{ ...A } fragment A on Root { ...B } fragment B on Root { ...A }",
      #"Cannot spread fragment "A" within itself via "B"."#,
      "{ ...A } fragment A on Root { ...B } fragment B on Root { extra }"
    ),
    Case(
      "query ($a: Int, $a: Int) { extra(old: $a) }",
      #"There can be only one variable named "$a"."#,
      "query ($a: Int, $b: Int) { a: extra(old: $a) b: extra(old: $b) }"
    ),
    Case(
      "query Q { extra(old: $a) }",
      #"Variable "$a" is not defined by operation "Q"."#,
      "query Q($a: Int) { extra(old: $a) }"
    ),
    Case("query ($a: Int) { extra }", #"Variable "$a" is never used."#, "query ($a: Int) { extra(old: $a) }"),
    Case(
      "query @include(if: true) { extra }",
      #"Directive "@include" may not be used on QUERY."#,
      "{ extra @include(if: true) }"
    ),
    Case("{ extra @no }", #"Unknown directive "@no"."#, "{ extra @mark }"),
    Case(
      "{ extra @once(note: \"a\") @once(note: \"b\") }",
      #"The directive "@once" can only be used once at this location."#,
      "{ extra @mark @mark }"
    ),
    Case(
      "{ extra(odl: 1) }",
      #"Unknown argument "odl" on field "Root.extra". Did you mean "old"?"#,
      "{ extra(old: 1) }"
    ),
    Case("{ extra(old: 1, old: 2) }", #"There can be only one argument named "old"."#, "{ extra(old: 2) }"),
    Case("{ extra(old: \"1\") }", #"Int cannot represent non-integer value: "1""#, "{ extra(old: null) }"),
    Case(
      "{ moment }",
      #"Field "moment" argument "at" of type "Moment!" is required, but it was not provided."#,
      "{ moment(at: [1, {a: true}]) }"
    ),
    Case(
      "query ($a: String) { extra(old: $a) }",
      #"Variable "$a" of type "String" used in position expecting type "Int"."#,
      "query ($a: Int!) { extra(old: $a) }"
    ),
    Case(
      "{ human { id id: age } }",
      #"Fields "id" conflict because "id" and "age" are different fields. "#
        + "Use different aliases on the fields to fetch both if this was intentional.",
      "{ human { id id } }"
    ),
    Case(
      "{ filter(by: {kinds: [], max: 1, max: 2}) }",
      #"There can be only one input field named "max"."#,
      "{ filter(by: {kinds: [], max: 1}) }"
    ),
    Case(
      "{ search(by: {id: 1, name: \"x\"}) { __typename } }",
      #"OneOf Input Object "Search" must specify exactly one key."#,
      "{ search(by: {id: 1}) { __typename } }"
    ),
    Case(
      "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
      "Maximum introspection depth exceeded",
      "{ __schema { types { fields { type { name } } } } }"
    ),

  ]

  @Test(arguments: cases)
  func `each rule refuses a document that breaks it and passes one that keeps it`(
    _ rule: Case
  ) throws {
    #expect(try messages(rule.bad).contains(rule.message))
    #expect(try messages(rule.good) == [])
  }
}
