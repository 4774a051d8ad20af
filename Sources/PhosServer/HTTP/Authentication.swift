import CalendarService
import HTTPTypes
import Hummingbird
import Logging
import Synchronization

/// Finds out who asks: a script by its bearer token, a browser by its session cookie.
///
/// A browser sends a cookie from any page, so that requests which change something must carry a
/// header that no foreign page can set, `X-Phos-Client`, and come from our own origin where the browser says so.
struct Authentication: RouterMiddleware {
  static let cookieName = "phos_session"
  static let clientHeader = HTTPField.Name("X-Phos-Client")

  let signIn: SignIn
  let publicOrigin: String
  let logger: Logger
  private let refused = RefusedOrigins()

  init(signIn: SignIn, publicOrigin: String, logger: Logger) {
    self.signIn = signIn
    self.publicOrigin = publicOrigin
    self.logger = logger
  }

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
    if request.method == .get || request.method == .head {
      // Others may link to our pages, but not ask our API in our members' names, though they could not read the answer.
      return !request.uri.path.hasPrefix("/graphql") || isSameOrigin(request)
    }
    guard let name = Self.clientHeader, request.headers[name] != nil else { return false }
    guard let origin = request.headers[.origin] else { return true }
    if isOurs(origin, request) { return true }
    // Our own header and a foreign origin: more often a wrong configuration than an attack.
    if refused.isNew(origin) {
      logger.notice(
        "Rejected a browser's request because its origin isn't the address in PHOS_PUBLIC_URL",
        metadata: [
          "refused": "\(origin.prefix(256))", "expected": "\(publicOrigin)", "key": "PHOS_PUBLIC_URL",
        ]
      )
    }
    return false
  }

  /// As the browser says (Fetch Metadata); one that does not say tells the origin of requests that matter.
  private func isSameOrigin(_ request: Request) -> Bool {
    if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ request.headers[$0] }) {
      return site == "same-origin" || site == "none"
    }
    guard let origin = request.headers[.origin] else { return true }
    return isOurs(origin, request)
  }

  private func isOurs(_ origin: String, _ request: Request) -> Bool {
    origin == publicOrigin || origin == request.head.authority.map { "http://\($0)" }
  }

  private static func bearerToken(_ field: String) -> String? {
    let parts = field.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return String(parts[1])
  }
}

/// The origins that were refused already, so that each is logged once.
private final class RefusedOrigins: Sendable {
  private let known = Mutex<Set<String>>([])

  /// False beyond a few: a script can make them up.
  func isNew(_ origin: String) -> Bool {
    known.withLock { $0.count < 32 && $0.insert(origin).inserted }
  }
}
