import CalendarCore
import CalendarService
import Foundation
import GraphQLEngine
import HTTPTypes
import Hummingbird

/// `POST /graphql`, and `GET /graphql` for queries (GraphQL over HTTP).
struct GraphQLRoute {
  let executor: GraphQLExecutor<CallerContext>
  let useCases: UseCases
  let publicURL: String

  func add(to router: Router<WebContext>) {
    for method in [HTTPRequest.Method.get, .post] {
      router.on("graphql", method: method) { request, context in
        let accept = request.headers[values: .accept].joined(separator: ",")
        let type = GraphQLMediaType(accept: accept, among: [.json, .response])
        do throws(GraphQLOverHTTP.Refusal) { return try await answer(request, context, type) } catch {
          return JSONAnswer(refusal: error, type ?? .json)
        }
      }
    }
  }

  private func answer(
    _ request: Request,
    _ context: WebContext,
    _ type: GraphQLMediaType?
  ) async throws(GraphQLOverHTTP.Refusal) -> JSONAnswer {
    let caller = try context.signedIn()
    guard let type else {
      throw GraphQLOverHTTP.Refusal(Messages.responseTypes, status: .notAcceptable)
    }
    var request = request
    let parsed = try await GraphQLOverHTTP.read(&request)
    let operation: OperationType
    // Found invalid once is enough: it is answered here and not looked at again.
    do throws(GraphQLRefusal) { operation = try executor.operationType(of: parsed) } catch {
      return answer(error.response, type)
    }
    try checkPlace(of: operation, method: request.method)
    FailPoint.received.reached()
    let callerContext = CallerContext(caller: caller, useCases: useCases, publicURL: publicURL)
    return answer(await executor.execute(parsed, context: callerContext), type)
  }

  /// A GET may be sent by anyone's page, repeated and kept: it changes nothing.
  ///
  /// Subscriptions have a place of their own.
  private func checkPlace(
    of operation: OperationType,
    method: HTTPRequest.Method
  ) throws(GraphQLOverHTTP.Refusal) {
    switch (operation, method) {
    case (.mutation, .get):
      throw GraphQLOverHTTP.Refusal(Messages.mutationsWithPost, status: .methodNotAllowed)
    case (.subscription, _):
      throw GraphQLOverHTTP.Refusal(Messages.subscriptionsToStream, status: .badRequest)
    default: break
    }
  }

  private func answer(_ response: GraphQLResponse, _ type: GraphQLMediaType) -> JSONAnswer {
    var answer = JSONAnswer(response.jsonData())
    answer.contentType = "\(type.rawValue); charset=utf-8"
    if type == .response, !response.hasData { answer.status = .badRequest }
    return answer
  }
}

extension JSONAnswer {
  /// Why a request was not taken.
  init(refusal: GraphQLOverHTTP.Refusal, _ type: GraphQLMediaType = .json) {
    self.init(GraphQLResponse(data: nil, errors: [refusal.error]).jsonData())
    contentType = "\(type.rawValue); charset=utf-8"
    status = refusal.status
    if status == .methodNotAllowed { allowedMethods = "POST" }
  }
}

extension WebContext {
  /// Returns the caller; throws where nobody is signed in.
  func signedIn() throws(GraphQLOverHTTP.Refusal) -> Caller {
    guard let caller else {
      throw GraphQLOverHTTP.Refusal(
        Messages.signInFirst,
        code: ErrorCode.unauthenticated.rawValue,
        status: .unauthorized
      )
    }
    return caller
  }
}
