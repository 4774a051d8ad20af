import CalendarCore
package import ProviderKit

/// Mailboxes at servers that members name with their calendar servers.
package enum IMAP: Driver {
  private static let authorities = Setting(
    "PHOS_IMAP_CA_FILE",
    "certificates to trust for inboxes, in place of the system's"
  )

  package static let settings = [authorities]

  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(ConfigurationError) {
    registries.inboxes.register(
      IMAPInbox(servers: try environment.mailServers(authorities: authorities))
    )
  }
}
