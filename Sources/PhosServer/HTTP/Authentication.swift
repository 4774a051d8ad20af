import CalendarService
import HTTPTypes
import Hummingbird

/// Finds out who asks: a script by its bearer token, a browser by its session cookie.
///
/// A cookie is sent by the browser whoever wrote the page, so that requests which change something must carry a
/// header that no foreign page can set, `X-Phos-Client`, and come from our own origin where the browser says so.
struct Authentication: RouterMiddleware {
  static let cookieName = "phos_session"
  static let clientHeader = HTTPField.Name("X-Phos-Client")

  let signIn: SignIn
  let publicOrigin: String

  func handle(
    _ request: Request,
    context: WebContext,
    next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    if let bearer = request.headers[.authorization].flatMap(Self.bearerToken) {
      context.caller = try await signIn.caller(apiToken: bearer)
    } else if let cookie = request.cookies[Self.cookieName]?.value, isFromOurPages(request) {
      context.caller = try await signIn.caller(sessionToken: cookie)
      context.sessionToken = cookie
    }
    return try await next(request, context)
  }

  private func isFromOurPages(_ request: Request) -> Bool {
    if request.method == .get || request.method == .head { return true }
    guard let name = Self.clientHeader, request.headers[name] != nil else { return false }
    guard let origin = request.headers[.origin] else { return true }
    return origin == publicOrigin || origin == request.head.authority.map { "http://\($0)" }
  }

  private static func bearerToken(_ field: String) -> String? {
    let parts = field.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return String(parts[1])
  }
}
