import CalendarCore
import CalendarService
import Foundation
import HTTPTypes
import Hummingbird

/// `POST /auth/sign-in` and `/auth/sign-out`.
struct AuthRoutes {
  let signIn: SignIn
  /// Whether browsers reach us by https, so that the cookie may go no other way.
  let isSecure: Bool

  private struct Input: Decodable {
    var email: String
    var password: String
  }

  private struct Output: Encodable {
    struct Member: Encodable {
      var id: String
      var email: String
      var displayName: String
    }
    var member: Member
  }

  func add(to router: Router<WebContext>) {
    router.post("auth/sign-in") { request, context in
      let buffer: ByteBuffer
      do { buffer = try await request.body.collect(upTo: 16 << 10) } catch {
        return try JSONAnswer.problem(Messages.requestTooLarge, status: .contentTooLarge)
      }
      // A form of a foreign page cannot send JSON without asking first, so that nobody is signed in unawares.
      guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true,
        let input = try? JSONDecoder().decode(Input.self, from: Data(buffer.readableBytesView))
      else {
        return try JSONAnswer.problem(Messages.credentialsExpected, status: .badRequest)
      }
      do {
        let result = try await signIn(
          email: input.email,
          password: input.password,
          client: ClientAddress.key(peer: context.peer, headers: request.headers)
        )
        var answer = try JSONAnswer(
          Output(
            member: .init(
              id: "\(result.member.id)",
              email: result.member.email.rawValue,
              displayName: result.member.displayName
            )
          )
        )
        answer.cookie = cookie(result.token.text, maxAge: Int(SignIn.sessionLifetime))
        return answer
      } catch let error as SignInError {
        return try JSONAnswer.problem(
          error.message,
          status: error.code == .rateLimited ? .tooManyRequests : .unauthorized
        )
      }
    }
    router.post("auth/sign-out") { _, context in
      var answer = try JSONAnswer(["success": true])
      // No session of ours, nothing to end: a foreign page must not be able to take the cookie away.
      guard let token = context.sessionToken else { return answer }
      try await signIn.signOut(token: token)
      answer.cookie = cookie("", maxAge: 0)
      return answer
    }
  }

  private func cookie(_ value: String, maxAge: Int) -> Cookie {
    Cookie(
      name: Authentication.cookieName,
      value: value,
      maxAge: maxAge,
      path: "/",
      secure: isSecure,
      httpOnly: true,
      sameSite: .lax
    )
  }
}
