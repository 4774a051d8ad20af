/// Why a schema, or the resolvers for one, cannot be used: every problem found, not only the first.
public struct SchemaError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One problem, with its place in the SDL where there is one.
  public struct Problem: Sendable, Hashable {
    /// A sentence for the schema's author.
    public let message: String
    /// Places in the SDL.
    public let locations: [SourceLocation]
  }

  /// All problems.
  public let problems: [Problem]

  init(_ problems: [Problem]) { self.problems = problems }

  init(_ error: GraphQLError) {
    problems = [Problem(message: error.message, locations: error.locations)]
  }

  /// One line a problem.
  public var description: String {
    problems.map { problem in
      let places = problem.locations.map { "\($0.line):\($0.column)" }.joined(separator: ", ")
      return places.isEmpty ? problem.message : "\(problem.message) (\(places))"
    }.joined(separator: "\n")
  }
}
