import CalDAVDriver
package import CalendarCore
import CustomLinkDriver
import GoogleDriver
import LocalDriver
package import Logging
import ProviderKit

/// The one list of drivers.
///
/// A new provider is its folder and a line here.
package enum Drivers {
  /// The registries, and what must be shut down when the program ends.
  package struct Installed: Sendable {
    package let calendars: CalendarProviderRegistry
    package let conferences: ConferenceProviderRegistry
    package let shutdown: @Sendable () async -> Void

    package init(
      calendars: CalendarProviderRegistry,
      conferences: ConferenceProviderRegistry,
      shutdown: @escaping @Sendable () async -> Void = {}
    ) {
      (self.calendars, self.conferences, self.shutdown) = (calendars, conferences, shutdown)
    }
  }

  package static func install(
    _ configuration: Configuration,
    clock: WallClock,
    logger: Logger
  ) throws(Configuration.Problem) -> Installed {
    // Before anything is opened that would have to be closed again.
    let google = try GoogleConfiguration(configuration)
    let transport = LiveTransport()
    // The guard is for addresses that users type; those that the operator configured may be anywhere.
    let http = ProviderHTTP(
      transport: transport,
      addressGuard: AddressGuard(allowsPrivateNetworks: configuration.allowPrivateNetworks),
      logger: logger
    )

    var calendars = CalendarProviderRegistry()
    if let google {
      calendars.register(GoogleCalendarProvider(configuration: google, http: http, clock: clock))
    }
    calendars.register(
      CalDAVProvider(http: http, allowPrivateNetworks: configuration.allowPrivateNetworks)
    )
    calendars.register(LocalProvider())

    var conferences = ConferenceProviderRegistry()
    conferences.register(GoogleMeetProvider())
    conferences.register(CustomLinkProvider())

    return Installed(
      calendars: calendars,
      conferences: conferences,
      shutdown: { await transport.shutdown() }
    )
  }
}

extension GoogleConfiguration {
  /// Nil when no OAuth client is configured: then accounts of this provider cannot be had.
  fileprivate init?(_ configuration: Configuration) throws(Configuration.Problem) {
    let values = configuration.values
    guard let clientID = values["PHOS_GOOGLE_CLIENT_ID"], !clientID.isEmpty else { return nil }
    guard let secret = values["PHOS_GOOGLE_CLIENT_SECRET"], !secret.isEmpty else {
      throw .init(key: "PHOS_GOOGLE_CLIENT_SECRET", reason: "is missing beside PHOS_GOOGLE_CLIENT_ID")
    }
    self.init(
      clientID: clientID,
      clientSecret: secret,
      apiURL: try Configuration.webAddress(values["PHOS_GOOGLE_API_URL"], key: "PHOS_GOOGLE_API_URL")
        ?? Self.defaultAPIURL,
      oauthURL: try Configuration.webAddress(values["PHOS_GOOGLE_OAUTH_URL"], key: "PHOS_GOOGLE_OAUTH_URL")
        ?? Self.defaultOAuthURL
    )
  }
}
