import CalendarCore
package import ProviderKit

/// Zoom meetings.
package enum Zoom: Driver {
  private static let clientID = Setting(
    "PHOS_ZOOM_CLIENT_ID",
    "id of the OAuth client, for video meetings with members' own Zoom accounts",
    need: "Zoom accounts"
  )
  private static let clientSecret = Setting(
    "PHOS_ZOOM_CLIENT_SECRET",
    "secret of the OAuth client",
    need: "Zoom accounts",
    isSecret: true
  )
  private static let apiURL = Setting(
    "PHOS_ZOOM_API_URL",
    "base address of the API",
    fallback: ZoomConfiguration.defaultAPIURL
  )
  private static let oauthURL = Setting(
    "PHOS_ZOOM_OAUTH_URL",
    "base address of sign-in",
    fallback: ZoomConfiguration.defaultOAuthURL
  )

  package static let settings = [clientID, clientSecret, apiURL, oauthURL]

  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(ConfigurationError) {
    let settings = environment.settings
    guard let client = try settings.oauthClient(id: clientID, secret: clientSecret) else {
      registries.unconfigured.append(.zoom)
      return
    }
    registries.conferences.register(
      ZoomProvider(
        configuration: ZoomConfiguration(
          clientID: client.id,
          clientSecret: client.secret,
          apiURL: try settings.webAddress(apiURL) ?? ZoomConfiguration.defaultAPIURL,
          oauthURL: try settings.webAddress(oauthURL) ?? ZoomConfiguration.defaultOAuthURL
        ),
        http: environment.http,
        clock: environment.clock
      )
    )
  }
}
