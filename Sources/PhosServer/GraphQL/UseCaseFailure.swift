import CalendarService
import GraphQLEngine

/// A use case's refusal as a GraphQL error: its sentence, its code, and the field to blame.
struct UseCaseFailure: GraphQLCodedError {
  let cause: any UseCaseError

  var message: String { cause.message }
  var code: String { cause.code.rawValue }
  var extensions: [String: GraphQLValue] { cause.field.map { ["field": .string($0)] } ?? [:] }
}

/// Runs a use case so that its refusals reach the caller as they are; any other error stays hidden.
func exposingRefusals<Value>(_ body: () async throws -> Value) async throws -> Value {
  do { return try await body() } catch let error as any UseCaseError { throw UseCaseFailure(cause: error) }
}
