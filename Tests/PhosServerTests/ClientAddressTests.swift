@testable import CalendarService
import DriverTestSupport
import Foundation
@testable import PhosServer
import TestSupport
import Testing

/// Sign-ins counted by where they come from.
@Suite(.timeLimit(.minutes(5))) struct ClientAddressTests {
  private static func key(_ peer: String?, _ forwarded: String? = nil) -> String? {
    ClientAddress.key(peer: peer, headers: headers(forwarded.map { ["X-Forwarded-For": $0] } ?? [:]))
  }

  @Test func `a proxy's word is taken, a stranger's is not`() {
    let guesser = Self.key("8.8.8.8")
    #expect(guesser != nil)
    #expect(Self.key("8.8.8.8", "1.1.1.1") == guesser)
    for proxy in ["127.0.0.1", "::1", "10.0.0.2", "172.17.0.1", "::ffff:192.168.1.2"] {
      #expect(Self.key(proxy, "8.8.8.8") == guesser, "\(proxy)")
      // What the browser wrote itself comes before what the proxy saw.
      #expect(Self.key(proxy, "1.1.1.1, 8.8.8.8") == guesser, "\(proxy)")
    }
  }

  @Test func `a proxy on this machine that names nobody is nobody`() {
    #expect(Self.key("127.0.0.1") == nil)
    #expect(Self.key("127.0.0.1", "unknown") == nil)
    #expect(Self.key(nil, "8.8.8.8") == nil)
    #expect(Self.key("192.168.1.2") != nil)
  }

  @Test func `a network of IPv6 is one client, and IPv4 in its dress is IPv4`() {
    #expect(Self.key("2606:4700::1") == Self.key("2606:4700::ffff:1:2"))
    #expect(Self.key("2606:4700::1") != Self.key("2606:4700:0:1::1"))
    #expect(Self.key("::ffff:8.8.8.8") == Self.key("8.8.8.8"))
    #expect(Self.key("::ffff:8.8.8.8") != Self.key("::ffff:8.8.4.4"))
  }

  @Test func `a client that tries one password on every account is stopped, and no other is`() async throws {
    try await TestServer.open { server, _ async throws in
      let signIn = SignIn(
        database: server.database,
        clock: server.clock.wallClock,
        failures: FailureCounter(),
        offload: { _ in false }
      )
      func attempt(_ email: String, _ client: String?) async -> SignInError? {
        await #expect(throws: SignInError.self) {
          try await signIn(email: email, password: "guess", client: client)
        }
      }
      for number in 1...50 {
        #expect(await attempt("guess\(number)@example.com", "here") == .wrongCredentials)
      }
      #expect(await attempt("ada@example.com", "here") == .tooManyAttempts)
      #expect(await attempt("ada@example.com", "there") == .wrongCredentials)
      #expect(await attempt("ada@example.com", nil) == .wrongCredentials)
      server.advance(by: 900)
      #expect(await attempt("ada@example.com", "here") == .wrongCredentials)
    }
  }

  @Test func `an attempt that was not checked counts for nothing`() async throws {
    try await TestServer.open { server, _ async throws in
      let signIn = SignIn(
        database: server.database,
        clock: server.clock.wallClock,
        failures: FailureCounter(),
        offload: { _ in throw SignInError.busy }
      )
      for _ in 1...60 {
        await #expect(throws: SignInError.busy) {
          try await signIn(email: "ada@example.com", password: TestServer.password, client: "here")
        }
      }
    }
  }

  @Test func `a full counter forgets whom it heard of least lately, and nobody else`() async {
    let counter = FailureCounter(maximumAddresses: 2)
    func begin(_ address: String, _ second: TimeInterval) async -> Bool {
      let instant = Date(timeIntervalSince1970: second)
      return await counter.begin(for: address, at: instant, window: 900, most: 1)
    }
    #expect(await begin("old", 1))
    #expect(await begin("closed", 2))
    #expect(await begin("new", 3))
    #expect(await !begin("closed", 4))
    #expect(await begin("old", 5))
  }
}
