import CalendarCore
import DriverTestSupport
import LocalDriver
import ProviderConformance
import ProviderKit
import Testing

/// The requirements of every calendar driver, as far as they apply to one that stores nothing outside.
@Suite(.timeLimit(.minutes(5))) struct LocalConformanceTests {
  @Test(arguments: CalendarConformance.checks)
  func `what every calendar driver does`(check: CalendarCheck) async throws {
    try await check.run(on: LocalUnderTest())
  }
}

private struct LocalUnderTest: CalendarUnderTest {
  let provider = LocalProvider()
  let session: AccountSession
  let calendar = "local"
  /// Nothing is ever sent.
  let network = FaultyTransport(ScriptedTransport { _, _ in ProviderResponse(500) })
  var eventCount: Int { 0 }

  init() throws { session = CredentialVault(Credentials()).session(try Samples.account(.local)) }

  func changeOutside(_ event: ProviderEvent, title: String, guest: String) async throws {
    throw Nonconformity("There is no outside.")
  }

  func answer(_ refusal: Refusal) -> ProviderResponse? { nil }
}
