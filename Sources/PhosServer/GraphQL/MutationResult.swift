import CalendarService
import GraphQLEngine
import Logging

/// The answer of a mutation that has a result type of its own: what it did, or why not.
struct MutationResult<Payload: Sendable>: GraphQLObject {
  var payload: Payload?
  var failure: (any UseCaseError)?
}

/// The answer to "why not" where that is our fault; the details are in the log.
struct InternalFailure: UseCaseError {
  /// The assurance that sending the request again does no harm.
  let assurance: String

  var code: ErrorCode { .internalError }
  var message: String { Messages.internalError(assurance) }
}

/// Registers mutations whose own failures are part of their answers, never errors of the whole request.
struct MutationResults {
  let assurance: String
  let logger: Logger

  func add<Payload: Sendable>(
    _ name: String,
    to mutation: inout FieldTable<Void, CallerContext>,
    _ body: @escaping @Sendable (Arguments, CallerContext) async throws -> MutationResult<Payload>
  ) {
    mutation.field(name) { _, request in
      do {
        return try await body(request.arguments, request.context)
      } catch let error as any UseCaseError {
        return MutationResult<Payload>(failure: error)
      } catch {
        logger.error("A mutation failed", metadata: ["mutation": "\(name)", "error": "\(error)"])
        return MutationResult<Payload>(failure: InternalFailure(assurance: assurance))
      }
    }
  }
}

extension ResolverTable<CallerContext> {
  /// Registers a result type: the fields that all of them share, and those of its own.
  mutating func result<Payload: Sendable>(
    _ name: String,
    of payload: Payload.Type,
    _ fields: (inout FieldTable<MutationResult<Payload>, CallerContext>) -> Void
  ) {
    type(name, of: MutationResult<Payload>.self) { type in
      type.field("success") { $0.failure == nil }
      type.field("error") { $0.failure?.message }
      type.field("errorCode") { $0.failure?.code.rawValue }
      fields(&type)
    }
  }
}

extension FieldTable {
  /// The input field that is to blame, for result types that tell it.
  mutating func errorField<Payload>() where Source == MutationResult<Payload> {
    field("errorField") { $0.failure?.field }
  }
}
