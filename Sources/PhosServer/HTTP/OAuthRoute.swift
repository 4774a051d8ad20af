import CalendarService
import Foundation
import HTTPTypes
import Hummingbird

/// `GET /oauth/{provider}/callback`: where a provider's sign-in page sends the browser back to.
struct OAuthRoute {
  let connect: ConnectWithOAuth
  let publicURL: String

  func add(to router: Router<WebContext>) {
    router.get("oauth/:provider/callback") { request, context in
      guard let caller = context.caller else { return Self.redirect("/", problem: nil) }
      let parameters = request.uri.queryParameters
      if parameters["error"] != nil {
        return Self.redirect(
          "/settings/accounts",
          problem: "The account was not connected: access was not granted."
        )
      }
      guard let provider = context.parameters.get("provider"),
        let state = parameters["state"].map(String.init), let code = parameters["code"].map(String.init),
        state.utf8.count <= 4096, code.utf8.count <= 4096
      else {
        return Self.redirect(
          "/settings/accounts",
          problem: "The provider's answer is incomplete. Start again."
        )
      }
      do {
        _ = try await connect.complete(
          providerName: provider,
          state: state,
          code: code,
          redirectURL: "\(publicURL)/oauth/\(provider.lowercased())/callback",
          caller: caller
        )
        return Self.redirect("/settings/accounts?connected=1", problem: nil)
      } catch let error as any UseCaseError {
        return Self.redirect("/settings/accounts", problem: error.message)
      }
    }
  }

  private static func redirect(_ path: String, problem: String?) -> Response {
    var location = path
    if let problem {
      let allowed = CharacterSet.alphanumerics
      location += "?problem=" + (problem.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")
    }
    return Response(status: .seeOther, headers: [.location: location, .cacheControl: "no-store"])
  }
}
