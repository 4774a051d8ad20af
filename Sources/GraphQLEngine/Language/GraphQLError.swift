/// The machine codes that this engine itself gives in `extensions.code`.
public enum GraphQLErrorCode {
  /// The document is not GraphQL.
  public static let parseFailed = "GRAPHQL_PARSE_FAILED"
  /// The document does not fit the schema (GraphQL §5).
  public static let validationFailed = "GRAPHQL_VALIDATION_FAILED"
  /// A variable or an argument cannot be coerced to its type.
  public static let badUserInput = "BAD_USER_INPUT"
  /// The document is larger, deeper or wider than this server allows, or its answer would be.
  public static let limitExceeded = "DOCUMENT_LIMIT_EXCEEDED"
  /// The answer took longer than this server allows.
  public static let timeout = "REQUEST_TIMEOUT"
  /// The request names no operation, or one that does not exist.
  public static let operationResolutionFailure = "OPERATION_RESOLUTION_FAILURE"
  /// The request around the document is malformed.
  public static let badRequest = "BAD_REQUEST"
  /// Anything that the caller cannot mend.
  public static let internalServerError = "INTERNAL_SERVER_ERROR"
}

/// An error that a resolver wants the caller to read.
///
/// Any other error becomes "Internal server error" and goes to the executor's reporting closure only.
public protocol GraphQLCodedError: Error {
  /// A sentence for people.
  var message: String { get }
  /// The stable machine code, `extensions.code`.
  var code: String { get }
  /// The entries of `extensions` besides the code.
  var extensions: [String: GraphQLValue] { get }
}

extension GraphQLCodedError {
  /// Nothing beside the code.
  public var extensions: [String: GraphQLValue] { [:] }
}

/// A step from the answer's root to one of its fields.
public enum PathElement: Sendable, Hashable {
  /// The name or alias of a field.
  case field(String)
  /// The position in a list, from 0.
  case index(Int)

  var value: GraphQLValue {
    switch self {
    case .field(let name): .string(name)
    case .index(let position): .int(position)
    }
  }
}

/// One entry of an answer's `errors` (GraphQL §7.1.2).
public struct GraphQLError: GraphQLCodedError, Sendable, Hashable {
  /// A sentence for people.
  public let message: String
  /// Where in the document, outermost first.
  public let locations: [SourceLocation]
  /// The field of the answer that failed; nil for errors before execution.
  public let path: [PathElement]?
  /// The stable machine code.
  public let code: String
  /// The entries of `extensions` besides the code.
  public let extensions: [String: GraphQLValue]

  /// An error.
  public init(
    _ message: String,
    code: String,
    locations: [SourceLocation] = [],
    path: [PathElement]? = nil,
    extensions: [String: GraphQLValue] = [:]
  ) {
    self.message = message
    self.code = code
    self.locations = locations
    self.path = path
    self.extensions = extensions
  }

  init(_ message: String, code: String, at positions: [Position]) {
    self.init(message, code: code, locations: positions.map(\.location))
  }

  static func syntax(_ message: String, at position: Position) -> GraphQLError {
    GraphQLError("Syntax Error: \(message)", code: GraphQLErrorCode.parseFailed, at: [position])
  }

  static func limit(_ message: String, at positions: [Position] = []) -> GraphQLError {
    GraphQLError(message, code: GraphQLErrorCode.limitExceeded, at: positions)
  }

  /// The entry as it goes into the answer.
  public var value: GraphQLValue {
    var fields: OrderedFields = ["message": .string(message)]
    if !locations.isEmpty {
      fields["locations"] = .list(
        locations.map { ["line": .int($0.line), "column": .int($0.column)] }
      )
    }
    if let path { fields["path"] = .list(path.map(\.value)) }
    var more: OrderedFields = ["code": .string(code)]
    for (name, value) in extensions.sorted(by: { $0.key < $1.key }) where name != "code" {
      more[name] = value
    }
    fields["extensions"] = .object(more)
    return .object(fields)
  }
}
