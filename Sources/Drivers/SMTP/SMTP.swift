import CalendarCore
package import ProviderKit

/// Mail servers: the program's own, and those that members name with their calendar servers.
package enum SMTP: Driver {
  private static let serverURL = Setting(
    "PHOS_SMTP_URL",
    """
    the server for mail of accounts whose provider sends none: `smtps://USER:PASSWORD@HOST:PORT`, or `smtp://…` (port \
    587) with STARTTLS, which is demanded except on this machine; `smtp://USER;AUTH=XOAUTH2:TOKEN@HOST` signs in with a \
    token, `?tls=none` says that there is no encryption
    """,
    need: "mail from accounts of the built-in calendar, and invitations to its guests",
    isSecret: true
  )
  private static let authorities = Setting(
    "PHOS_SMTP_CA_FILE",
    "certificates to trust for mail servers, in place of the system's"
  )

  package static let settings = [serverURL, authorities]

  package static func install(
    _ environment: DriverEnvironment,
    in registries: inout DriverRegistries
  ) throws(ConfigurationError) {
    let settings = environment.settings
    var server: MailServer?
    if let text = try settings.text(serverURL) {
      guard let found = MailServer(.smtp, text) else {
        throw ConfigurationError(
          key: serverURL.key,
          reason: "must be smtp://user:password@host:port or smtps://user:password@host:port"
        )
      }
      server = found
    }
    registries.mailTransports.register(
      SMTPTransport(server: server, servers: try environment.mailServers(authorities: authorities))
    )
  }
}
