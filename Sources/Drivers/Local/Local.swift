import CalendarCore
package import ProviderKit

/// The calendar that every member has.
package enum Local: Driver {
  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(ConfigurationError) { registries.calendars.register(LocalProvider()) }
}
