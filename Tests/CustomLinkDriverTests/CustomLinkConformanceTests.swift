import CustomLinkDriver
import ProviderConformance
import Testing

@Suite(.timeLimit(.minutes(5))) struct CustomLinkConformanceTests {
  private struct Link: ConferenceUnderTest {
    let provider = CustomLinkProvider()
    var conferenceCount: Int { 0 }
  }

  @Test(arguments: ConferenceConformance.checks)
  func `what every conference driver does`(check: ConferenceCheck) async throws {
    try await check.run(on: Link())
  }
}
