package import CalendarCore
import JSONModel
import ProviderKit

extension TemplateFormCalendarProvider: ConnectsWithForm {
  package var form: [ConnectionField] {
    [
      ConnectionField(
        id: "serverUrl",
        label: "Server address",
        kind: .url,
        placeholder: "https://calendar.example.com",
        maximumLength: 2048
      ),
      ConnectionField(id: "username", label: "Your email address", kind: .email),
      ConnectionField(
        id: "password",
        label: "Password",
        kind: .password,
        help: Messages.passwordHelp,
        maximumLength: 1024
      ),
    ]
  }

  package func connect(_ values: ConnectionValues) async throws(ConnectionRefusal) -> AccountConnection {
    let (username, password) = (values["username"] ?? "", values["password"] ?? "")
    guard let handle = EmailAddress(username) else {
      throw ConnectionRefusal(.rejected(reason: Messages.emailMissing), field: "username")
    }
    guard let serverURL = WebAddress(values["serverUrl"] ?? "")?.text else {
      throw ConnectionRefusal(.rejected(reason: Messages.addressInvalid), field: "serverUrl")
    }
    let server = serverURL.hasSuffix("/") ? String(serverURL.dropLast()) : serverURL
    let client = TemplateFormCalendarClient(username: username, password: password, http: http, clock: clock)
    do throws(ProviderError) {
      return AccountConnection(
        handle: handle,
        displayName: handle.rawValue,
        sendsInvitations: false,
        credentials: Credentials(["username": username, "password": password]),
        calendars: try await client.calendars(at: server).enumerated().compactMap { index, calendar in
          calendar["name"]?.string.map { name in
            DiscoveredCalendar(
              externalID: "\(server)/\(FormEncoding.encode(name))",
              displayName: name,
              isPrimary: index == 0
            )
          }
        }
      )
    } catch {
      if case .authExpired = error { throw ConnectionRefusal(error, field: "password") }
      throw ConnectionRefusal(error, field: "serverUrl")
    }
  }
}
