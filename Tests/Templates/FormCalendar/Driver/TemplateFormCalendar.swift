import CalendarCore
package import ProviderKit

/// Calendars on TemplateFormCalendar servers, which members name, so that there are no settings.
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
