public import struct Foundation.Data

/// An answer (GraphQL §7.1).
public struct GraphQLResponse: Sendable, Hashable {
  /// The data, as far as it is put together.
  private enum Content: Sendable {
    case value(GraphQLValue?)
    /// An object whose columns nobody has put together yet: JSON can be written without that.
    case columns(ResultColumn)
  }

  private let content: Content
  /// The errors, in the order of the fields.
  public let errors: [GraphQLError]

  /// An answer.
  ///
  /// `data` is nil when nothing was executed, `.null` when an error took the whole of it away.
  public init(data: GraphQLValue?, errors: [GraphQLError] = []) {
    content = .value(data)
    self.errors = errors
  }

  /// The answer of a whole operation.
  init(_ column: ResultColumn) {
    if column.isFlawless {
      content = .columns(column)
      errors = []
      return
    }
    var assembly = Assembly()
    content = .value(assembly.value(column, 0) ?? .null)
    errors = assembly.errors
  }

  /// The data; nil when nothing was executed, `.null` when an error propagated to the root.
  ///
  /// Put together whenever it is asked for.
  public var data: GraphQLValue? {
    switch content {
    case .value(let value): return value
    case .columns(let column):
      var assembly = Assembly()
      return assembly.value(column, 0) ?? .some(.null)
    }
  }

  /// Whether the operation was executed.
  ///
  /// Without, GraphQL over HTTP answers with a 4xx status.
  public var hasData: Bool { if case .value(nil) = content { false } else { true } }

  /// The answer as a value: `errors` first, so that they are seen (GraphQL §7.1).
  public var value: GraphQLValue {
    var fields = OrderedFields()
    if !errors.isEmpty { fields.append("errors", .list(errors.map(\.value))) }
    if let data { fields.append("data", data) }
    return .object(fields)
  }

  /// The answer as JSON.
  public func jsonData() -> Data {
    guard case .columns(let column) = content else { return value.jsonData() }
    var writer = JSONWriter()
    writer.write(answer: column)
    return Data(writer.bytes)
  }

  /// Whether two answers say the same.
  public static func == (first: GraphQLResponse, second: GraphQLResponse) -> Bool {
    first.errors == second.errors && first.data == second.data
  }

  /// By what the answer says.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(errors)
    hasher.combine(data)
  }
}
