package import CalendarCore
import ProviderKit

extension CalDAVProvider: ConnectsWithServerLogin {
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
