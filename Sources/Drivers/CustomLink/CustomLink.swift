import CalendarCore
package import ProviderKit

/// Links that people bring along.
package enum CustomLink: Driver {
  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(ConfigurationError) { registries.conferences.register(CustomLinkProvider()) }
}
