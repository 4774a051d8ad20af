package import CalendarCore
import Foundation

/// A vendor's drivers, as the one list of drivers names them.
package protocol Driver: Sendable {
  /// Every setting that `install` reads; what is not in it cannot be read.
  static var settings: [Setting] { get }

  /// Registers what this vendor offers, as far as its settings are there.
  static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(ConfigurationError)
}

extension Driver {
  package static var settings: [Setting] { [] }
}

/// The parts that a program gives to a driver.
package struct DriverEnvironment: Sendable {
  /// Of the driver's own settings.
  package let settings: SettingValues
  package let http: ProviderHTTP
  package let clock: WallClock
  /// Whether addresses that users type may lead into private networks.
  package let allowsPrivateNetworks: Bool

  package init(settings: SettingValues, http: ProviderHTTP, clock: WallClock, allowsPrivateNetworks: Bool) {
    self.settings = settings
    self.http = http
    self.clock = clock
    self.allowsPrivateNetworks = allowsPrivateNetworks
  }

  /// How mail servers are spoken with; `setting` names a file of certificates to trust, if it is there.
  package func mailServers(authorities setting: Setting) throws(ConfigurationError) -> MailServers {
    let file = try settings.text(setting)
    if let file, !FileManager.default.isReadableFile(atPath: file) {
      throw ConfigurationError(key: setting.key, reason: "the file cannot be read")
    }
    return MailServers(
      authorities: file,
      addressGuard: AddressGuard(allowsPrivateNetworks: allowsPrivateNetworks)
    )
  }
}

/// The providers that drivers have registered.
package struct DriverRegistries: Sendable {
  package var calendars = CalendarProviderRegistry()
  package var conferences = ConferenceProviderRegistry()
  package var mailTransports = MailTransportRegistry()
  package var inboxes = MailInboxRegistry()
  /// Known here, with settings that are missing: nothing can be connected, but accounts from a time when they were
  /// there are still in the database.
  package var unconfigured: [AccountProviderID] = []

  package init() {}
}
