import CalendarCore
package import ProviderKit

/// What NAME offers.
package enum NAME: Driver {
  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(SettingProblem) {
    guard let key = environment.settings["PHOS_UPPER_API_KEY"] else { return }
    registries.conferences.register(
      NAMEProvider(
        apiKey: key,
        apiURL: try environment.settings.webAddress("PHOS_UPPER_API_URL") ?? NAMEProvider.defaultAPIURL,
        http: environment.http,
        clock: environment.clock
      )
    )
  }
}
