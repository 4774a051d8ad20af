import CalendarCore
package import ProviderKit

/// What TemplateFormCalendar offers: members name their server, so it has no settings.
package enum TemplateFormCalendar: Driver {
  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(ConfigurationError) {
    registries.calendars.register(
      TemplateFormCalendarProvider(http: environment.http, clock: environment.clock)
    )
  }
}
