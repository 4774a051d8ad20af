import CalendarCore
import Foundation
@testable import GraphQLEngine
import Logging
import OrderedCollections
@testable import PhosServer
import Testing

/// The public schema against a copy of the contract: names and types stay, additions are free and optional.
@Suite(.timeLimit(.minutes(5))) struct SchemaContractTests {
  /// The parts of the contract that this release deliberately lacks.
  ///
  /// An entry that has been added since fails the test, so that the list only gets shorter.
  static let missing: Set<String> = [
    "Date", "JSON",
    "Mutation.respondToCalendarEvent",
    "Mutation.syncCalendarChannel",
  ]

  private static func contract() throws -> Schema {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Fixtures/contract.graphql"
    )
    return try Schema(sdl: String(contentsOf: file, encoding: .utf8))
  }

  private static func ours() async throws -> Schema {
    let configuration = try Configuration(environment: [
      "PHOS_GOOGLE_CLIENT_ID": "id", "PHOS_GOOGLE_CLIENT_SECRET": "secret",
      "PHOS_MICROSOFT_CLIENT_ID": "id", "PHOS_MICROSOFT_CLIENT_SECRET": "secret",
      "PHOS_ZOOM_CLIENT_ID": "id", "PHOS_ZOOM_CLIENT_SECRET": "secret",
    ])
    let drivers = try Drivers.install(configuration, clock: .system, logger: Logger(label: "test"))
    await drivers.shutdown()
    return try Resolvers.schema(calendars: drivers.calendars, conferences: drivers.conferences)
  }

  @Test func `everything in the contract is here as it is written there, but for the listed`() async throws {
    let difference = SchemaDifference(of: try await Self.ours(), from: try Self.contract())
    #expect(difference.changed == [])
    #expect(difference.missing.subtracting(Self.missing) == [], "The schema lost something.")
    #expect(Self.missing.subtracting(difference.missing) == [], "It is here now: take it off the list.")
  }

  @Test func `nothing that was added must be given by a caller who only knows the contract`() async throws {
    #expect(SchemaDifference(of: try await Self.ours(), from: try Self.contract()).newlyRequired == [])
  }

  @Test func `the comparison sees what is lost, changed or newly required`() throws {
    let contract = try Schema(
      sdl: """
        type Query { kept(a: Int): Int! lost: Int changed: [Int!] argument(gone: Int, other: Int): Int }
        enum E { A B } input I { x: Int y: Int }
        """
    )
    let ours = try Schema(
      sdl: """
        type Query { kept(a: Int, b: Int!): Int! changed: [Int] argument(other: ID): Int more: Int }
        enum E { A C } input I { x: Int! z: Int! }
        """
    )
    let difference = SchemaDifference(of: ours, from: contract)
    #expect(difference.missing == ["Query.lost", "Query.argument(gone:)", "E.B", "I.y"])
    #expect(
      difference.changed == [
        "I.x: Int → Int!", "Query.argument(other:): Int → ID", "Query.changed: [Int!] → [Int]",
      ]
    )
    #expect(difference.newlyRequired == ["I.z", "Query.kept(b:)"])
  }
}

/// How one schema fails to be the other with additions.
struct SchemaDifference {
  /// In the contract only: types, `Type.member`, `Type.field(argument:)`.
  private(set) var missing: Set<String> = []
  /// In both with different types, sorted.
  private(set) var changed: [String] = []
  /// In ours only, and without a value to fall back on, sorted.
  private(set) var newlyRequired: [String] = []

  init(of ours: Schema, from contract: Schema) {
    for theirs in contract.types.values where !theirs.isIntrospection && !theirs.isBuiltInScalar {
      guard let mine = ours.types[theirs.name] else {
        missing.insert(theirs.name)
        continue
      }
      if mine.kind != theirs.kind { changed.append("\(theirs.name): \(theirs.kind) → \(mine.kind)") }
      for field in theirs.fields.values {
        let place = "\(theirs.name).\(field.name)"
        guard let counterpart = mine.fields[field.name] else {
          missing.insert(place)
          continue
        }
        compare(counterpart.type, field.type, place)
        compare(counterpart.arguments, field.arguments) { "\(place)(\($0):)" }
      }
      compare(mine.inputFields, theirs.inputFields) { "\(theirs.name).\($0)" }
      for value in theirs.values.values where mine.values[value.name] == nil {
        missing.insert("\(theirs.name).\(value.name)")
      }
    }
    changed.sort()
    newlyRequired.sort()
  }

  private mutating func compare(_ mine: TypeReference, _ theirs: TypeReference, _ place: String) {
    if mine != theirs { changed.append("\(place): \(theirs) → \(mine)") }
  }

  private mutating func compare(
    _ mine: NamedList<InputValueDefinition>,
    _ theirs: NamedList<InputValueDefinition>,
    _ place: (String) -> String
  ) {
    for value in theirs.values {
      guard let counterpart = mine[value.name] else {
        missing.insert(place(value.name))
        continue
      }
      compare(counterpart.type, value.type, place(value.name))
    }
    for value in mine.values where theirs[value.name] == nil && value.isRequired {
      newlyRequired.append(place(value.name))
    }
  }
}
