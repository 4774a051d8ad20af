import CalendarCore
package import ProviderKit

/// TemplateOAuthCalendar calendars.
package enum TemplateOAuthCalendar: Driver {
  private static let clientID = Setting(
    "PHOS_TEMPLATE_OAUTH_CALENDAR_CLIENT_ID",
    "id of the OAuth client",
    need: "TemplateOAuthCalendar accounts"
  )
  private static let clientSecret = Setting(
    "PHOS_TEMPLATE_OAUTH_CALENDAR_CLIENT_SECRET",
    "secret of the OAuth client",
    need: "TemplateOAuthCalendar accounts",
    isSecret: true
  )
  private static let apiURL = Setting(
    "PHOS_TEMPLATE_OAUTH_CALENDAR_API_URL",
    "base address of the API",
    fallback: TemplateOAuthCalendarProvider.defaultAPIURL
  )
  private static let oauthURL = Setting(
    "PHOS_TEMPLATE_OAUTH_CALENDAR_OAUTH_URL",
    "base address of sign-in",
    fallback: TemplateOAuthCalendarProvider.defaultOAuthURL
  )

  package static let settings = [clientID, clientSecret, apiURL, oauthURL]

  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(ConfigurationError) {
    let settings = environment.settings
    guard let client = try settings.oauthClient(id: clientID, secret: clientSecret) else {
      registries.unconfigured.append(.templateOAuthCalendar)
      return
    }
    registries.calendars.register(
      TemplateOAuthCalendarProvider(
        clientID: client.id,
        clientSecret: client.secret,
        apiURL: try settings.webAddress(apiURL) ?? TemplateOAuthCalendarProvider.defaultAPIURL,
        oauthURL: try settings.webAddress(oauthURL) ?? TemplateOAuthCalendarProvider.defaultOAuthURL,
        http: environment.http,
        clock: environment.clock
      )
    )
  }
}
