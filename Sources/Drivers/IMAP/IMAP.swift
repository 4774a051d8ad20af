import CalendarCore
package import ProviderKit

/// Mailboxes at servers that members name with their calendar servers.
package enum IMAP: Driver {
  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(SettingProblem) {
    registries.inboxes.register(
      IMAPInbox(servers: try environment.mailServers(authorities: "PHOS_IMAP_CA_FILE"))
    )
  }
}
