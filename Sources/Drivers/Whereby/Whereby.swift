import CalendarCore
package import ProviderKit

/// What Whereby offers.
package enum Whereby: Driver {
  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(SettingProblem) {
    guard let key = environment.settings["PHOS_WHEREBY_API_KEY"] else { return }
    registries.conferences.register(
      WherebyProvider(
        apiKey: key,
        apiURL: try environment.settings.webAddress("PHOS_WHEREBY_API_URL") ?? WherebyProvider.defaultAPIURL,
        http: environment.http,
        clock: environment.clock
      )
    )
  }
}
