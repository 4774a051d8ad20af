import CalendarCore
package import ProviderKit

/// TemplateConference meetings.
package enum TemplateConference: Driver {
  private static let apiKey = Setting(
    "PHOS_TEMPLATE_CONFERENCE_API_KEY",
    "key of the installation",
    need: "TemplateConference meetings",
    isSecret: true
  )
  private static let apiURL = Setting(
    "PHOS_TEMPLATE_CONFERENCE_API_URL",
    "base address of the API",
    fallback: TemplateConferenceProvider.defaultAPIURL
  )

  package static let settings = [apiKey, apiURL]

  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(ConfigurationError) {
    let settings = environment.settings
    guard let key = try settings.text(apiKey) else { return }
    registries.conferences.register(
      TemplateConferenceProvider(
        apiKey: key,
        apiURL: try settings.webAddress(apiURL) ?? TemplateConferenceProvider.defaultAPIURL,
        http: environment.http,
        clock: environment.clock
      )
    )
  }
}
