import CalendarCore
package import ProviderKit

/// Google Calendar, Google Meet and Gmail.
package enum Google: Driver {
  private static let clientID = Setting(
    "PHOS_GOOGLE_CLIENT_ID",
    "id of the OAuth client",
    need: "Google accounts"
  )
  private static let clientSecret = Setting(
    "PHOS_GOOGLE_CLIENT_SECRET",
    "secret of the OAuth client",
    need: "Google accounts",
    isSecret: true
  )
  private static let apiURL = Setting(
    "PHOS_GOOGLE_API_URL",
    "base address of the API",
    fallback: GoogleConfiguration.defaultAPIURL
  )
  private static let oauthURL = Setting(
    "PHOS_GOOGLE_OAUTH_URL",
    "base address of sign-in",
    fallback: GoogleConfiguration.defaultOAuthURL
  )

  package static let settings = [clientID, clientSecret, apiURL, oauthURL]

  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(ConfigurationError) {
    let settings = environment.settings
    if let client = try settings.oauthClient(id: clientID, secret: clientSecret) {
      let configuration = GoogleConfiguration(
        clientID: client.id,
        clientSecret: client.secret,
        apiURL: try settings.webAddress(apiURL) ?? GoogleConfiguration.defaultAPIURL,
        oauthURL: try settings.webAddress(oauthURL) ?? GoogleConfiguration.defaultOAuthURL
      )
      let calendar = GoogleCalendarProvider(
        configuration: configuration,
        http: environment.http,
        clock: environment.clock
      )
      registries.calendars.register(calendar)
      registries.mailTransports.register(calendar.mailTransport)
    } else {
      registries.unconfigured.append(.google)
    }
    registries.conferences.register(GoogleMeetProvider())
  }
}
