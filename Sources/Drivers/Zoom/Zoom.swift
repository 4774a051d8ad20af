import CalendarCore
package import ProviderKit

/// Zoom meetings.
package enum Zoom: Driver {
  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(SettingProblem) {
    let settings = environment.settings
    guard let client = try settings.oauthClient("PHOS_ZOOM") else {
      registries.unconfigured.append(.zoom)
      return
    }
    registries.conferences.register(
      ZoomProvider(
        configuration: ZoomConfiguration(
          clientID: client.id,
          clientSecret: client.secret,
          apiURL: try settings.webAddress("PHOS_ZOOM_API_URL") ?? ZoomConfiguration.defaultAPIURL,
          oauthURL: try settings.webAddress("PHOS_ZOOM_OAUTH_URL") ?? ZoomConfiguration.defaultOAuthURL
        ),
        http: environment.http,
        clock: environment.clock
      )
    )
  }
}
