import CalendarCore
import Foundation
import Logging
@testable import PhosServer
import ProviderKit
import Testing

@Suite(.timeLimit(.minutes(5))) struct SettingsTests {
  @Test func `every setting has one declaration, and drivers read no other`() throws {
    let own = Configuration.settings.map(\.key)
    let drivers = Drivers.settings.flatMap(\.settings).map(\.key)
    #expect(Set(own + drivers).count == own.count + drivers.count)

    // With every setting there, each is read; a driver that reads an undeclared one does not install.
    var values = Dictionary(uniqueKeysWithValues: drivers.map { ($0, "value") })
    for key in drivers where key.hasSuffix("_URL") { values[key] = "https://service.example" }
    for key in drivers where key.hasSuffix("_FILE") { values[key] = #filePath }
    values["PHOS_SMTP_URL"] = "smtps://mail.example"
    let installed = try Drivers.install(
      Configuration(environment: values),
      clock: .system,
      logger: Logger(label: "test")
    )
    defer { installed.shutdownAtOnce() }
    #expect(installed.unconfigured == [])
  }

  @Test func `a setting that was not declared is not read`() {
    let (declared, other) = (Setting("PHOS_ONE", "one"), Setting("PHOS_TWO", "two"))
    let values = SettingValues(["PHOS_ONE": "1", "PHOS_TWO": "2"], declared: [declared])
    #expect(throws: Never.self) { try values.text(declared) }
    let problem = #expect(throws: ConfigurationError.self) { try values.text(other) }
    #expect(problem?.key == "PHOS_TWO")
  }

  @Test func `all drivers' bad values are told at once`() throws {
    let problem = try #require(throws: ConfigurationError.self) {
      try Drivers.install(
        Configuration(environment: ["PHOS_GOOGLE_CLIENT_ID": "id", "PHOS_SMTP_URL": "nowhere"]),
        clock: .system,
        logger: Logger(label: "test")
      )
    }
    let lines = problem.description.split(separator: "\n").map { $0.prefix { $0 != ":" } }
    #expect(lines == ["PHOS_GOOGLE_CLIENT_SECRET", "PHOS_SMTP_URL"])
  }

  @Test func `the guide has the tables of today's settings`() throws {
    let guide = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../docs/guides/configuration.md")
    let text = try String(contentsOf: guide, encoding: .utf8)
    #expect(
      text.contains("<!-- settings -->\n\(ConfigurationGuide.markdown)\n<!-- settings end -->\n"),
      "Run: make configuration-guide"
    )
  }
}
