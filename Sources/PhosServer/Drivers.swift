import CalDAVDriver
package import CalendarCore
import CustomLinkDriver
import GoogleDriver
import IMAPDriver
import JitsiDriver
import LocalDriver
package import Logging
import MicrosoftDriver
package import ProviderKit
import SMTPDriver
import WherebyDriver
import ZoomDriver

/// The one list of drivers.
///
/// A new provider is its folder and a line here. The order is the one in which people see them.
package enum Drivers {
  private static let all: [any Driver.Type] = [
    Google.self,
    Microsoft.self,
    CalDAV.self,
    Local.self,
    Zoom.self,
    Jitsi.self,
    Whereby.self,
    CustomLink.self,
    SMTP.self,
    IMAP.self,
  ]

  /// Each driver's settings under its name.
  static var settings: [(title: String, settings: [Setting])] {
    all.map { (String(describing: $0), $0.settings) }.filter { !$0.settings.isEmpty }
  }

  /// The registries, and what must be shut down when the program ends.
  package struct Installed: Sendable {
    package let calendars: CalendarProviderRegistry
    package let conferences: ConferenceProviderRegistry
    package let mailTransports: MailTransportRegistry
    package let inboxes: MailInboxRegistry
    /// See `DriverRegistries.unconfigured`.
    package let unconfigured: [AccountProviderID]
    package let shutdown: @Sendable () async -> Void
    /// Shuts down for a program that does not start.
    package let shutdownAtOnce: @Sendable () -> Void

    package init(
      calendars: CalendarProviderRegistry,
      conferences: ConferenceProviderRegistry,
      mailTransports: MailTransportRegistry = .init(),
      inboxes: MailInboxRegistry = .init(),
      unconfigured: [AccountProviderID] = [],
      shutdown: @escaping @Sendable () async -> Void = {},
      shutdownAtOnce: @escaping @Sendable () -> Void = {}
    ) {
      self.shutdownAtOnce = shutdownAtOnce
      self.calendars = calendars
      self.conferences = conferences
      self.mailTransports = mailTransports
      self.inboxes = inboxes
      self.unconfigured = unconfigured
      self.shutdown = shutdown
    }
  }

  package static func install(
    _ configuration: Configuration,
    clock: WallClock,
    logger: Logger
  ) throws(ConfigurationError) -> Installed {
    let transport = LiveTransport()
    // The guard is for addresses that users type; those that the operator configured may be anywhere.
    let http = ProviderHTTP(
      transport: transport,
      addressGuard: AddressGuard(allowsPrivateNetworks: configuration.allowPrivateNetworks),
      logger: logger
    )
    var registries = DriverRegistries()
    var problems: [ConfigurationError] = []
    for driver in all {
      let environment = DriverEnvironment(
        settings: SettingValues(configuration.values, declared: driver.settings),
        http: http,
        clock: clock,
        allowsPrivateNetworks: configuration.allowPrivateNetworks
      )
      do throws(ConfigurationError) { try driver.install(environment, in: &registries) } catch {
        problems.append(error)
      }
    }
    if let problem = ConfigurationError(problems) {
      transport.shutdownAtOnce()
      throw problem
    }
    return Installed(
      calendars: registries.calendars,
      conferences: registries.conferences,
      mailTransports: registries.mailTransports,
      inboxes: registries.inboxes,
      unconfigured: registries.unconfigured,
      shutdown: { await transport.shutdown() },
      shutdownAtOnce: { transport.shutdownAtOnce() }
    )
  }
}
