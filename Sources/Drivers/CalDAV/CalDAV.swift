import CalendarCore
package import ProviderKit

/// Calendars on servers that members name.
package enum CalDAV: Driver {
  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(ConfigurationError) {
    registries.calendars.register(
      CalDAVProvider(
        http: environment.http,
        allowPrivateNetworks: environment.allowsPrivateNetworks,
        clock: environment.clock
      )
    )
  }
}
