import Foundation

@testable import GraphQLEngine

/// The files beside these tests.
enum Fixture {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  static func documents(_ name: String) throws -> [String] {
    try text(name).components(separatedBy: "\n---\n")
  }

  static func url(_ name: String) -> URL { folder.appending(path: name) }
}

/// The reference implementation in Python, asked once for a schema and many documents.
struct Oracle {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let answer: GraphQLValue

  init(schema: String, documents: [String]) throws {
    answer = try Self.run(
      "oracle.py",
      task: ["schema": .string(schema), "documents": .list(documents.map(GraphQLValue.string))]
    )
  }

  /// The JSON that a script beside these tests writes for a task.
  static func run(_ script: String, task: GraphQLValue) throws -> GraphQLValue {
    // The task goes through a file: a pipe that nobody reads yet would block when it is full.
    let input = FileManager.default.temporaryDirectory.appending(path: "graphql-oracle-\(UUID()).json")
    try task.jsonData().write(to: input)
    defer { try? FileManager.default.removeItem(at: input) }
    return try run(script, input: FileHandle(forReadingFrom: input))
  }

  /// The JSON that a script beside these tests writes.
  static func run(_ script: String, input: FileHandle = .nullDevice) throws -> GraphQLValue {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let python =
      ProcessInfo.processInfo.environment["PHOS_PYTHON"] ?? root.appending(path: ".venv/bin/python").path()
    guard FileManager.default.isExecutableFile(atPath: python) else {
      throw Failure(description: "No Python at \(python): `make test` sets it up, or set PHOS_PYTHON.")
    }
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = [Fixture.url(script).path()]
    process.standardInput = input
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "\(script) failed with status \(process.terminationStatus).")
    }
    return try GraphQLValue(json: data, maxDepth: 200)
  }

  func verdict(_ index: Int) -> GraphQLValue? { answer["verdicts"]?[index] }
}

extension String {
  /// Python's port quotes names with ' and names directive locations in small letters, where the JavaScript
  /// original, and we, use " and the locations' own names.
  var inJavaScriptStyle: String {
    replacing("\\\"", with: "'").replacing(/may not be used on ([A-Za-z_ ]+)\./) { match in
      "may not be used on \(match.1.uppercased().replacing(" ", with: "_"))."
    }
  }
}

extension GraphQLValue {
  /// Fields by name and lists of named things by their names, to compare answers whose order is free.
  var sorted: GraphQLValue {
    switch self {
    case .list(let items):
      .list(items.map(\.sorted).sorted { ($0["name"]?.stringValue ?? "") < ($1["name"]?.stringValue ?? "") })
    case .object(let fields):
      .object(OrderedFields(fields.map { ($0.key, $0.value.sorted) }.sorted { $0.0 < $1.0 }))
    default: self
    }
  }
}

func verdict(_ text: String, _ schema: Schema, limits: DocumentLimits = .default) -> GraphQLValue {
  let errors: [GraphQLError]
  do {
    let document = try Parser.parse(text, limits: limits)
    errors = Validator.validate(
      document,
      schema: schema,
      coercion: InputCoercion(schema: schema, scalars: [:])
    )
  } catch {
    errors = [error]
  }
  return .list(errors.map { told($0.message, $0.locations) })
}

/// An error as the oracles tell it.
func told(_ message: String, _ locations: [SourceLocation]) -> GraphQLValue {
  [
    "message": .string(message),
    "locations": .list(locations.map { ["line": .int($0.line), "column": .int($0.column)] }),
  ]
}
