import CalendarCore
package import ProviderKit

/// Mail servers: the program's own, and those that members name with their calendar servers.
package enum SMTP: Driver {
  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(SettingProblem) {
    let settings = environment.settings
    var server: MailServer?
    if let text = settings["PHOS_SMTP_URL"] {
      guard let found = MailServer(.smtp, text) else {
        throw SettingProblem(
          key: "PHOS_SMTP_URL",
          reason: "must be smtp://user:password@host:port or smtps://user:password@host:port"
        )
      }
      server = found
    }
    registries.mailTransports.register(
      SMTPTransport(server: server, servers: try environment.mailServers(authorities: "PHOS_SMTP_CA_FILE"))
    )
  }
}
