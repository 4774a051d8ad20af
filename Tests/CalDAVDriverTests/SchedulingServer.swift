import CalDAVDriver
import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import ProviderEmulators
import ProviderKit
import TestSupport

/// Xandikos for several people, which writes to guests itself (RFC 6638): Ann and Ben have calendars there, others get
/// mail.
struct SchedulingServer: Sendable {
  let url: String
  let mail: MailSink
  private let live: LiveTransport

  static func run(_ body: (SchedulingServer) async throws -> Void) async throws {
    let mail = try MailSink()
    let sink = try await mail.serve()
    do {
      try await PythonServer.run { folder, port in
        [
          "-m", "xandikos", "multi-user", "-d", folder.appending(path: "collections").path, "--defaults",
          "-l", "127.0.0.1", "-p", "\(port)", "--no-detect-systemd",
          "--state-dir", folder.appending(path: "state").path, "--trust-x-remote-user-from", "127.0.0.1",
          "--imip-send", "smtp", "--smtp-host", "127.0.0.1", "--smtp-port", "\(sink.smtpPort)",
          "--smtp-from", "calendar@phos.example",
        ]
      } during: { port in
        let server = SchedulingServer(url: "http://127.0.0.1:\(port)", mail: mail, live: LiveTransport())
        do {
          for name in ["ann", "ben"] { try await server.move(in: name) }
          try await body(server)
          await server.live.shutdown()
        } catch {
          await server.live.shutdown()
          throw error
        }
      }
      await sink.stop()
    } catch {
      await sink.stop()
      throw error
    }
  }

  /// A person's calendar, as the driver finds it.
  struct Person: Sendable {
    let provider: CalDAVProvider
    let session: AccountSession
    let calendar: String
    let network: LossyTransport
  }

  func person(_ name: String, losing losses: [String: Int] = [:]) async throws -> Person {
    let network = LossyTransport(SignedIn(live: live, name: name), losing: losses)
    let provider = CalDAVProvider(
      http: ProviderHTTP(transport: network),
      allowPrivateNetworks: true,
      clock: ManualClock().wallClock
    )
    let address = try Samples.address("\(name)@example.com")
    let found = try await provider.connect(serverURL: url, username: name, password: "x", handle: address)
    var account = try Samples.account(.calDAV, handle: address.rawValue)
    account.sendsInvitations = found.sendsInvitations
    return Person(
      provider: provider,
      session: CredentialVault(found.credentials).session(account),
      calendar: found.calendars.first?.externalID ?? "",
      network: network
    )
  }

  /// The mails to an address, each unfolded.
  func mails(to address: String) -> [String] {
    mail.messages.filter { $0.to.contains(address) }
      .map { $0.raw.replacing("\r\n", with: "\n").replacing("\n ", with: "") }
  }

  /// The first request makes a person's calendars; then the server is told the person's address.
  private func move(in name: String) async throws {
    let body = """
      <?xml version="1.0" encoding="utf-8"?><D:propertyupdate xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
      <D:set><D:prop><C:calendar-user-address-set><D:href>mailto:\(name)@example.com</D:href>
      </C:calendar-user-address-set></D:prop></D:set></D:propertyupdate>
      """
    for method in ["PROPFIND", "PROPPATCH"] {
      let request = ProviderRequest(
        method,
        "\(url)/\(name)/",
        headers: HTTPFields([HTTPField(name: .contentType, value: "application/xml; charset=utf-8")])
          .adding("0", named: "Depth"),
        body: method == "PROPPATCH" ? Array(body.utf8) : []
      )
      let response = try await SignedIn(live: live, name: name).execute(request, address: nil)
      guard response.isSuccess else {
        throw PythonServer.NotStarted(description: "\(method): \(response.status)")
      }
    }
  }
}

/// A transport that adds the user's name, as a proxy does that authenticates users for a server that trusts it.
private struct SignedIn: HTTPTransport {
  let live: LiveTransport
  let name: String

  func execute(
    _ request: ProviderRequest,
    address: IPAddress?
  ) async throws(TransportError) -> ProviderResponse {
    var request = request
    request.headers[named: "X-Remote-User"] = name
    return try await live.execute(request, address: nil)
  }
}
