import CalendarCore
import DriverTestSupport
import ProviderConformance
import ProviderEmulators
import ProviderKit
import SMTPDriver
import Testing

@Suite(.timeLimit(.minutes(5))) struct SMTPConformanceTests {
  @Test(arguments: MailConformance.checks)
  func `what every mail transport does`(check: MailCheck) async throws {
    try await SMTPFixture.run { try await check.run(on: $0) }
  }

  @Test func `what no server took is known to be unsent`() async throws {
    let error = try await SMTPFixture.run { fixture in
      await fixture.server.stop()
      return try await fixture.failure()
    }
    #expect(error?.mayHaveBeenCarriedOut == false)
    #expect(error?.isRetryable == true)
  }

  @Test func `a message that is too large for the server is refused`() async throws {
    try await SMTPFixture.run(messageLimit: 1 << 10) { fixture in
      let message = try fixture.message(["bob@example.org"], octets: 4 << 10)
      let error = await #expect(throws: ProviderError.self) {
        try await fixture.transport.send(message, session: fixture.session)
      }
      #expect(error.map(ProviderErrorKind.init) == .rejected)
      #expect(fixture.arrived.isEmpty)
    }
  }

  @Test(arguments: [true, false])
  func `an internationalized domain is sent in A-labels, whatever the server supports`(hasSMTPUTF8: Bool)
    async throws
  {
    try await SMTPFixture.run { fixture in
      fixture.sink.hasSMTPUTF8 = hasSMTPUTF8
      let message = try fixture.message(["info@bücher.example", "Ann@BÜCHER.example"])
      try await fixture.transport.send(message, session: fixture.session)
      #expect(fixture.arrived.map(\.to) == [["info@xn--bcher-kva.example", "Ann@xn--bcher-kva.example"]])
    }
  }

  /// RFC 6531 §3.2.
  @Test func `a letter beyond ASCII before the @ needs SMTPUTF8, and nobody gets the message without`()
    async throws
  {
    try await SMTPFixture.run { fixture in
      let message = try fixture.message(["bob@example.org", "jörg@bücher.example"])
      try await fixture.transport.send(message, session: fixture.session)
      #expect(fixture.arrived.map(\.to) == [["bob@example.org", "jörg@xn--bcher-kva.example"]])
      fixture.sink.hasSMTPUTF8 = false
      let error = await #expect(throws: ProviderError.self) {
        try await fixture.transport.send(message, session: fixture.session)
      }
      #expect(error.map(ProviderErrorKind.init) == .rejected)
      #expect(error.map { !"\($0)".contains("jörg") } == true)
      #expect(fixture.arrived.count == 1)
    }
  }

  @Test func `without a server no account's mail is sent`() throws {
    let account = try Samples.account(SMTPFixture.provider)
    #expect(!SMTPFixture.transport(to: nil).handles(account))
  }
}

/// The program's own mail server on this machine.
private struct SMTPFixture: MailUnderTest {
  /// Any whose mail no driver of its own sends.
  static let provider = AccountProviderID(rawValue: "ANY")

  let sink: MailSink
  let server: MailSinkServer
  let transport: any MailTransport
  let session: AccountSession

  var arrived: [(to: [String], raw: String)] { sink.messages.map { (to: $0.to, raw: $0.raw) } }

  static func run<T>(messageLimit: Int = 10 << 20, _ body: (SMTPFixture) async throws -> T) async throws -> T
  {
    let sink = try MailSink(messageLimit: messageLimit)
    let server = try await sink.serve()
    do {
      let address = try #require(MailServer(.smtp, "smtp://127.0.0.1:\(server.smtpPort)"))
      let result = try await body(
        SMTPFixture(
          sink: sink,
          server: server,
          transport: transport(to: address),
          session: CredentialVault(Credentials()).session(Samples.account(provider))
        )
      )
      await server.stop()
      return result
    } catch {
      await server.stop()
      throw error
    }
  }

  static func transport(to server: MailServer?) -> any MailTransport {
    SMTPTransport(
      server: server,
      servers: MailServers(authorities: nil, addressGuard: AddressGuard(allowsPrivateNetworks: false))
    )
  }
}
