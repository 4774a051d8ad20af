public import struct Foundation.Data

/// An answer (GraphQL §7.1).
public struct GraphQLResponse: Sendable, Hashable {
  /// What was asked for; nil when nothing was executed, `.null` when an error took the whole of it away.
  public let data: GraphQLValue?
  /// What went wrong, in the order of the fields.
  public let errors: [GraphQLError]

  /// An answer.
  public init(data: GraphQLValue?, errors: [GraphQLError] = []) {
    self.data = data
    self.errors = errors
  }

  /// Whether the operation was executed.
  ///
  /// Without, GraphQL over HTTP answers with a 4xx status.
  public var hasData: Bool { data != nil }

  /// The answer as a value: `errors` first, so that they are seen (GraphQL §7.1).
  public var value: GraphQLValue {
    var fields = OrderedFields()
    if !errors.isEmpty { fields.append("errors", .list(errors.map(\.value))) }
    if let data { fields.append("data", data) }
    return .object(fields)
  }

  /// The answer as JSON.
  public func jsonData() -> Data { value.jsonData() }
}
