import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import ProviderKit
import Synchronization
import TestSupport
import Testing

/// A refresh token that works once, and two processes that both need a new access token.
@Suite(.timeLimit(.minutes(5))) struct RenewalAcrossProcessesTests {
  /// The state that both processes share: the stored secrets, and who refreshes them.
  private final class Store: Sendable {
    private struct State {
      var credentials: Credentials
      var isClaimed = false
    }
    private let state: Mutex<State>

    init(_ credentials: Credentials) { state = Mutex(State(credentials: credentials)) }

    func session(_ account: ConnectedAccount) -> AccountSession {
      AccountSession(
        account: account,
        load: { self.state.withLock { $0.credentials } },
        save: { credentials in
          self.state.withLock { ($0.credentials, $0.isClaimed) = (credentials, false) }
        },
        claim: {
          self.state.withLock { state in
            defer { state.isClaimed = true }
            return !state.isClaimed
          }
        },
        release: { self.state.withLock { $0.isClaimed = false } }
      )
    }
  }

  /// A provider that ends the grant when a used refresh token comes again.
  private final class StrictProvider: Sendable {
    private struct State {
      var number = 0
      var isEnded = false
    }
    private let state = Mutex(State())

    var refreshes: Int { state.withLock { $0.number } }

    func answer(_ request: ProviderRequest) -> ProviderResponse {
      let body = String(decoding: request.body, as: UTF8.self)
      return state.withLock { state in
        guard request.url.hasSuffix("/token") else {
          let isValid = request.headers[.authorization] == "Bearer access-\(state.number)" && !state.isEnded
          return ProviderResponse(isValid && state.number > 0 ? 200 : 401)
        }
        guard body.contains("refresh_token=refresh-\(state.number)&"), !state.isEnded else {
          state.isEnded = true
          return ProviderResponse(400, [:], #"{"error":"invalid_grant"}"#)
        }
        state.number += 1
        return ProviderResponse(
          200,
          [:],
          """
          {"access_token":"access-\(state.number)","refresh_token":"refresh-\(state.number)","expires_in":3600}
          """
        )
      }
    }
  }

  @Test func `one of them renews, and the other waits for what it stores`() async throws {
    let provider = StrictProvider()
    let network = ScriptedTransport { request, _ in
      // Both are under way at once.
      for _ in 0..<20 { await Task.yield() }
      return provider.answer(request)
    }
    let clock = ManualClock()
    let store = Store(
      OAuthTokens(accessToken: "lapsed", refreshToken: "refresh-0", expiresAt: clock.now).credentials
    )
    let account = try Samples.account(AccountProviderID(rawValue: "ANY"))
    let processes = (0..<2).map { _ in
      let http = ProviderHTTP(transport: network)
      let client = OAuthClient(
        tokenURL: "https://provider.example/token",
        clientID: "c",
        clientSecret: "s",
        http: http,
        clock: clock.wallClock
      )
      return AuthorizedHTTP(http: http, client: client, clock: clock.wallClock)
    }
    try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<20 {
        group.addTask {
          try await processes[number % 2].send(
            ProviderRequest("GET", "https://provider.example/thing"),
            session: store.session(account)
          ).status
        }
      }
      for try await status in group { #expect(status == 200) }
    }
    #expect(provider.refreshes == 1)
  }
}
