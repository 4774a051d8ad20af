import CalendarCore
import CalendarService
import Foundation
import GraphQLEngine
import HTTPTypes
import Hummingbird

/// `POST /graphql` (GraphQL over HTTP).
struct GraphQLRoute {
  let executor: GraphQLExecutor<CallerContext>
  let useCases: UseCases
  let publicURL: String

  /// One meeting with everything in it is far below this.
  static let largestBody = 512 << 10

  func add(to router: Router<WebContext>) {
    router.post("graphql") { request, context in
      guard let caller = context.caller else {
        return answer(
          GraphQLError("Sign in first.", code: ErrorCode.unauthenticated.rawValue),
          status: .unauthorized
        )
      }
      guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
        return answer(
          GraphQLError("Send the request as application/json.", code: GraphQLErrorCode.badRequest),
          status: .unsupportedMediaType
        )
      }
      let buffer: ByteBuffer
      do { buffer = try await request.body.collect(upTo: Self.largestBody) } catch {
        return answer(
          GraphQLError(
            "The request is larger than \(Self.largestBody >> 10) KiB.",
            code: GraphQLErrorCode.limitExceeded
          ),
          status: .contentTooLarge
        )
      }
      let parsed: GraphQLRequest
      do throws(GraphQLError) {
        parsed = try GraphQLRequest(json: Array(buffer.readableBytesView))
      } catch {
        return answer(error, status: .badRequest)
      }
      FailPoint.received.reached()
      let callerContext = CallerContext(caller: caller, useCases: useCases, publicURL: publicURL)
      let response = await executor.execute(parsed, context: callerContext)
      return answer(response, accept: request.headers[.accept] ?? "")
    }
  }

  private func answer(_ error: GraphQLError, status: HTTPResponse.Status) -> JSONAnswer {
    var answer = JSONAnswer(GraphQLResponse(data: nil, errors: [error]).jsonData())
    answer.status = status
    return answer
  }

  /// Clients that know the media type of GraphQL over HTTP get 400 for a request that was not executed; others
  /// have always got 200.
  private func answer(_ response: GraphQLResponse, accept: String) -> JSONAnswer {
    var answer = JSONAnswer(response.jsonData())
    if accept.contains("application/graphql-response+json") {
      answer.contentType = "application/graphql-response+json; charset=utf-8"
      if !response.hasData { answer.status = .badRequest }
    }
    return answer
  }
}
