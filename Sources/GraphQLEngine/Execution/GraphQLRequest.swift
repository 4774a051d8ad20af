/// A request as GraphQL over HTTP sends it: `{"query", "operationName", "variables", "extensions"}`.
public struct GraphQLRequest: Sendable, Hashable {
  /// The document.
  public let query: String
  /// Which of the document's operations to execute; nil when it has one.
  public let operationName: String?
  /// The variables' values, not yet coerced.
  public let variables: OrderedFields

  /// A request.
  public init(query: String, operationName: String? = nil, variables: OrderedFields = [:]) {
    self.query = query
    self.operationName = operationName
    self.variables = variables
  }

  /// Reads a request body.
  ///
  /// Throws `GraphQLError` with the code `BAD_REQUEST`; the body is never quoted.
  public init(json: [UInt8]) throws(GraphQLError) {
    let body: GraphQLValue
    do {
      body = try GraphQLValue(json: json)
    } catch {
      throw Self.bad(error.description)
    }
    guard case .object(let fields) = body else { throw Self.bad("The request body must be a JSON object.") }
    try self.init(fields)
  }

  /// Reads the parameters of a URL: `query`, `operationName`, and `variables` and `extensions` as JSON.
  ///
  /// Throws `GraphQLError` with the code `BAD_REQUEST`.
  public init(parameters: [String: String]) throws(GraphQLError) {
    var fields = OrderedFields()
    for name in ["query", "operationName"] {
      if let text = parameters[name] { fields[name] = .string(text) }
    }
    for name in ["variables", "extensions"] {
      guard let text = parameters[name] else { continue }
      do { fields[name] = try GraphQLValue(json: [UInt8](text.utf8)) } catch {
        throw Self.bad("\"\(name)\": \(error.description)")
      }
    }
    try self.init(fields)
  }

  private init(_ fields: OrderedFields) throws(GraphQLError) {
    guard case .string(let query)? = fields["query"] else { throw Self.bad("Must provide query string.") }
    self.query = query
    switch fields["operationName"] {
    case nil, .null: operationName = nil
    case .string(let name): operationName = name
    default: throw Self.bad("\"operationName\" must be a string.")
    }
    switch fields["variables"] {
    case nil, .null: variables = [:]
    case .object(let values): variables = values
    default: throw Self.bad("\"variables\" must be an object.")
    }
    switch fields["extensions"] {
    case nil, .null, .object: break
    default: throw Self.bad("\"extensions\" must be an object.")
    }
  }

  private static func bad(_ message: String) -> GraphQLError {
    GraphQLError(message, code: GraphQLErrorCode.badRequest)
  }
}
