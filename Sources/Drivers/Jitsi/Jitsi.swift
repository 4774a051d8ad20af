import CalendarCore
package import ProviderKit

/// Jitsi Meet, on its makers' server or one's own.
package enum Jitsi: Driver {
  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(SettingProblem) {
    let key = "PHOS_JITSI_URL"
    let address = try environment.settings.webAddress(key) ?? JitsiProvider.defaultURL
    guard address.hasPrefix("https://") else {
      throw SettingProblem(key: key, reason: "must start with https://")
    }
    registries.conferences.register(JitsiProvider(serverURL: address))
  }
}
