import CalendarCore
package import ProviderKit

/// Microsoft 365: Outlook's calendar and mail, and Teams.
package enum Microsoft: Driver {
  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(SettingProblem) {
    let settings = environment.settings
    if let client = try settings.oauthClient("PHOS_MICROSOFT") {
      let configuration = MicrosoftConfiguration(
        clientID: client.id,
        clientSecret: client.secret,
        tenant: settings["PHOS_MICROSOFT_TENANT"] ?? MicrosoftConfiguration.anyTenant,
        graphURL: try settings.webAddress("PHOS_MICROSOFT_GRAPH_URL")
          ?? MicrosoftConfiguration.defaultGraphURL,
        loginURL: try settings.webAddress("PHOS_MICROSOFT_LOGIN_URL")
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
