import CalendarCore
package import ProviderKit

/// The driver of Whereby.
package enum Whereby: Driver {
  private static let apiKey = Setting(
    "PHOS_WHEREBY_API_KEY",
    "key of the installation at Whereby",
    need: "Whereby meetings",
    isSecret: true
  )
  private static let apiURL = Setting(
    "PHOS_WHEREBY_API_URL",
    "base address of the API",
    fallback: WherebyProvider.defaultAPIURL
  )

  package static let settings = [apiKey, apiURL]

  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(ConfigurationError) {
    guard let key = try environment.settings.text(apiKey) else { return }
    registries.conferences.register(
      WherebyProvider(
        apiKey: key,
        apiURL: try environment.settings.webAddress(apiURL) ?? WherebyProvider.defaultAPIURL,
        http: environment.http,
        clock: environment.clock
      )
    )
  }
}
