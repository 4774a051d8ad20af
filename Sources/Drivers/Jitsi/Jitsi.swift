import CalendarCore
package import ProviderKit

/// Jitsi Meet, on its makers' server or one's own.
package enum Jitsi: Driver {
  private static let serverURL = Setting(
    "PHOS_JITSI_URL",
    "the Jitsi Meet server that rooms are on; https",
    fallback: JitsiProvider.defaultURL
  )

  package static let settings = [serverURL]

  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(ConfigurationError) {
    let address = try environment.settings.webAddress(serverURL) ?? JitsiProvider.defaultURL
    guard address.hasPrefix("https://") else {
      throw ConfigurationError(key: serverURL.key, reason: "must start with https://")
    }
    registries.conferences.register(JitsiProvider(serverURL: address))
  }
}
