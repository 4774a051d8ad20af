import CalendarCore

extension CalDAVProvider {
  static let form = [
    ConnectionField(
      id: "serverUrl",
      label: "Server address",
      kind: .url,
      help: "The address your other calendar apps use.",
      placeholder: "https://calendar.example.com",
      maximumLength: 2048
    ),
    ConnectionField(id: "username", label: "User name"),
    ConnectionField(
      id: "password",
      label: "Password",
      kind: .password,
      help: "Use an app password where the server has them. It is stored encrypted.",
      maximumLength: 1024
    ),
    ConnectionField(
      id: "handle",
      label: "Your email address",
      kind: .email,
      isOptional: true,
      help: "Your invitations come from it. Leave it empty if the user name is your email address."
    ),
    ConnectionField(
      id: "smtpUrl",
      label: "Mail server",
      kind: .server,
      isOptional: true,
      help:
        "For sending mail and invitations, e.g. smtps://mail.example.com. It gets the same user name and password.",
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
