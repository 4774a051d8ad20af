import CalendarCore
import DriverTestSupport
import NAMEDriver
import ProviderConformance
import ProviderKit
import Testing

@Suite struct NAMETests {
  @Test(arguments: ConferenceConformance.checks)
  func `what every conference driver does`(check: ConferenceCheck) async throws {
    try await check.run(on: NAMEUnderTest())
  }
}

/// NAME as its emulator, or a few lines that answer like it, has it.
private struct NAMEUnderTest: ConferenceUnderTest {
  let provider: NAMEProvider
  let network: FaultyTransport?
  var conferenceCount: Int { 0 }

  init() {
    let network = FaultyTransport(ScriptedTransport { _, _ in ProviderResponse(501) })
    self.network = network
    provider = NAMEProvider(
      apiKey: "key",
      http: ProviderHTTP(transport: network),
      clock: TurnedClock().wallClock
    )
  }
}
