import CalendarCore
package import ProviderKit

/// Google Calendar, Google Meet and Gmail.
package enum Google: Driver {
  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(SettingProblem) {
    let settings = environment.settings
    if let client = try settings.oauthClient("PHOS_GOOGLE") {
      let configuration = GoogleConfiguration(
        clientID: client.id,
        clientSecret: client.secret,
        apiURL: try settings.webAddress("PHOS_GOOGLE_API_URL") ?? GoogleConfiguration.defaultAPIURL,
        oauthURL: try settings.webAddress("PHOS_GOOGLE_OAUTH_URL") ?? GoogleConfiguration.defaultOAuthURL
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
