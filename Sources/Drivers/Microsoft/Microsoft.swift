import CalendarCore
package import ProviderKit

/// Microsoft 365: Outlook's calendar and mail, and Teams.
package enum Microsoft: Driver {
  private static let clientID = Setting(
    "PHOS_MICROSOFT_CLIENT_ID",
    "id of the OAuth client",
    need: "Microsoft accounts"
  )
  private static let clientSecret = Setting(
    "PHOS_MICROSOFT_CLIENT_SECRET",
    "secret of the OAuth client",
    need: "Microsoft accounts",
    isSecret: true
  )
  private static let tenant = Setting(
    "PHOS_MICROSOFT_TENANT",
    "the directory whose accounts may be connected: an id, a domain, `organizations`, or `common` for all",
    fallback: MicrosoftConfiguration.anyTenant
  )
  private static let graphURL = Setting(
    "PHOS_MICROSOFT_GRAPH_URL",
    "base address of the API; a national cloud has its own",
    fallback: MicrosoftConfiguration.defaultGraphURL
  )
  private static let loginURL = Setting(
    "PHOS_MICROSOFT_LOGIN_URL",
    "base address of sign-in; a national cloud has its own",
    fallback: MicrosoftConfiguration.defaultLoginURL
  )

  package static let settings = [clientID, clientSecret, tenant, graphURL, loginURL]

  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(ConfigurationError) {
    let settings = environment.settings
    if let client = try settings.oauthClient(id: clientID, secret: clientSecret) {
      let configuration = MicrosoftConfiguration(
        clientID: client.id,
        clientSecret: client.secret,
        tenant: try settings.text(tenant) ?? MicrosoftConfiguration.anyTenant,
        graphURL: try settings.webAddress(graphURL)
          ?? MicrosoftConfiguration.defaultGraphURL,
        loginURL: try settings.webAddress(loginURL)
          ?? MicrosoftConfiguration.defaultLoginURL
      )
      let calendar = MicrosoftCalendarProvider(
        configuration: configuration,
        http: environment.http,
        clock: environment.clock
      )
      registries.calendars.register(calendar)
      registries.mailTransports.register(calendar.mailTransport)
    } else {
      registries.unconfigured.append(.microsoft)
    }
    registries.conferences.register(MicrosoftTeamsProvider())
  }
}
