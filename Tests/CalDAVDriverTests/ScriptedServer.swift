import CalDAVDriver
import CalendarCore
import DriverTestSupport
import ProviderKit
import TestSupport

/// A suite against a server that answers what the test says.
protocol ScriptedServer {}

extension ScriptedServer {
  func provider(_ network: ScriptedTransport) -> CalDAVProvider {
    let addressGuard = AddressGuard(allowsPrivateNetworks: false) { _ in
      [IPAddress("1.1.1.1")].compactMap(\.self)
    }
    return CalDAVProvider(
      http: ProviderHTTP(transport: network),
      addressGuard: addressGuard,
      clock: ManualClock().wallClock
    )
  }

  func session(sendsInvitations: Bool = false) throws -> AccountSession {
    try CredentialVault(Credentials(["username": "ann", "password": "s3cret"]))
      .session(Samples.account(.calDAV, sendsInvitations: sendsInvitations))
  }
}
