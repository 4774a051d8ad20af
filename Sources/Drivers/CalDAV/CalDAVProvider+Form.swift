import CalendarCore

extension CalDAVProvider {
  static let form = [
    ConnectionField(
      id: "serverUrl",
      label: "Server address",
      kind: .url,
      help: Messages.addressHelp,
      placeholder: "https://calendar.example.com",
      maximumLength: 2048
    ),
    ConnectionField(id: "username", label: "User name"),
    ConnectionField(
      id: "password",
      label: "Password",
      kind: .password,
      help: Messages.passwordHelp,
      maximumLength: 1024
    ),
    ConnectionField(
      id: "handle",
      label: "Your email address",
      kind: .email,
      isOptional: true,
      help: Messages.emailHelp
    ),
    ConnectionField(
      id: "smtpUrl",
      label: "Mail server",
      kind: .server,
      isOptional: true,
      help:
        Messages.outgoingHelp,
      maximumLength: 2048
    ),
    ConnectionField(
      id: "imapUrl",
      label: "Inbox server",
      kind: .server,
      isOptional: true,
      help: """
        For answers to your invitations, e.g. imaps://mail.example.com. Only calendar files are read, and nothing in \
        your inbox changes.
        """,
      maximumLength: 2048
    ),
  ]
}
