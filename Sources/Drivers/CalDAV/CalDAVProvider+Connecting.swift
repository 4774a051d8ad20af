package import CalendarCore
import ProviderKit

extension CalDAVProvider: ConnectsWithForm {
  package var form: [ConnectionField] { Self.form }

  package func connect(_ values: ConnectionValues) async throws(ConnectionRefusal) -> AccountConnection {
    let username = values["username"] ?? ""
    let password = values["password"] ?? ""
    guard let handle = EmailAddress(values["handle"] ?? username) else {
      throw ConnectionRefusal(
        .rejected(reason: Messages.emailMissing),
        field: "handle"
      )
    }
    var connection: AccountConnection
    do throws(ProviderError) {
      connection = try await connect(
        serverURL: values["serverUrl"] ?? "",
        username: username,
        password: password,
        handle: handle
      )
    } catch {
      if case .authExpired = error { throw ConnectionRefusal(error, field: "password") }
      throw ConnectionRefusal(error, field: "serverUrl")
    }
    let servers: [(String, CompanionServer.Purpose)] = [("smtpUrl", .outgoingMail), ("imapUrl", .inbox)]
    connection.companions = servers.compactMap { field, purpose in
      values[field].map {
        CompanionServer(
          field: field,
          purpose: purpose,
          address: $0,
          username: username,
          password: password
        )
      }
    }
    return connection
  }

  /// Finds the calendars from an address of the server, or of anything on it.
  package func connect(
    serverURL: String,
    username: String,
    password: String,
    handle: EmailAddress
  ) async throws(ProviderError) -> AccountConnection {
    let login = try CalDAVClient.Login(username: username, password: password)
    let client = CalDAVClient(http: http, login: login, clock: clock)
    let found = try await Discovery(client: client, handle: handle).calendars(from: serverURL)
    return AccountConnection(
      handle: handle,
      displayName: handle.rawValue,
      parameters: ["serverURL": found.entry.text],
      sendsInvitations: found.schedules,
      credentials: login.credentials,
      calendars: found.calendars
    )
  }
}
