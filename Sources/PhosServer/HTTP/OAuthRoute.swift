import CalendarService
import HTTPTypes
import Hummingbird

/// `GET /oauth/{provider}/callback`: where a provider's sign-in page sends the browser back to.
struct OAuthRoute {
  let connect: ConnectWithOAuth
  let publicURL: String

  /// How it ended, as a word in the address that the browser goes on to.
  ///
  /// The web app has the sentences: a sentence in an address could be anyone's.
  private enum Outcome: String {
    case connected = "connected=1"
    case accessDenied = "problem=access_denied"
    case expired = "problem=expired"
    case missingScope = "problem=missing_scope"
    case unavailable = "problem=unavailable"
    case disabled = "problem=disabled"

    init(_ error: any UseCaseError) {
      self =
        switch error.code {
        case .providerUnavailable: .unavailable
        case .featureDisabled: .disabled
        default: .missingScope
        }
    }
  }

  func add(to router: Router<WebContext>) {
    router.get("oauth/:provider/callback") { request, context in
      guard let caller = context.caller else { return Self.redirect("/") }
      let parameters = request.uri.queryParameters
      guard parameters["error"] == nil else { return Self.redirect(to: .accessDenied) }
      guard let provider = context.parameters.get("provider"),
        let state = parameters["state"].map(String.init), let code = parameters["code"].map(String.init),
        state.utf8.count <= 4096, code.utf8.count <= 4096
      else { return Self.redirect(to: .expired) }
      do {
        let account = try await connect.complete(
          providerName: provider,
          state: state,
          code: code,
          redirectURL: "\(publicURL)/oauth/\(provider.lowercased())/callback",
          caller: caller
        )
        return Self.redirect(to: connect.canWrite(account) ? .connected : .missingScope)
      } catch is InvalidInput {
        return Self.redirect(to: .expired)
      } catch let error as any UseCaseError {
        return Self.redirect(to: Outcome(error))
      }
    }
  }

  private static func redirect(to outcome: Outcome) -> Response {
    redirect("/settings/accounts?\(outcome.rawValue)")
  }

  private static func redirect(_ location: String) -> Response {
    Response(status: .seeOther, headers: [.location: location, .cacheControl: "no-store"])
  }
}
