import Foundation
import PhosServer
import ProviderEmulators

/// The demo's surroundings: the emulated providers, and the destination of email.
struct DemoWorld: Sendable {
  static let clientID = "phos-demo.apps.example"

  let secrets: DemoSecrets
  let databasePath: String
  let google: EmulatorServer
  let microsoft: EmulatorServer
  let zoom: EmulatorServer
  let mail: MailSinkServer

  static func start(in folder: DemoFolder) async throws -> Self {
    let sink = try MailSink(storage: folder.file("mail.json"))
    func accounts(allowing scopes: [String]) -> [EmulatorAccount] {
      folder.secrets.members.map { member in
        EmulatorAccount(
          email: member.email,
          displayName: member.displayName,
          timeZone: member.timeZone,
          bearerToken: member.emulatorToken,
          refreshToken: member.refreshToken,
          grantedScopes: scopes
        )
      }
    }
    let google = try GoogleEmulator(
      accounts: accounts(allowing: [
        "openid", "email", "https://www.googleapis.com/auth/calendar.events",
        "https://www.googleapis.com/auth/calendar.readonly",
        "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
        "https://www.googleapis.com/auth/gmail.send",
      ]),
      clientID: clientID,
      clientSecret: folder.secrets.clientSecret,
      mailSink: sink,
      clock: { Date() },
      storage: folder.file("google.json"),
      allowsLoopbackHTTP: true
    )
    let microsoft = try MicrosoftEmulator(
      accounts: accounts(allowing: [
        "Calendars.ReadWrite", "Mail.Send", "MailboxSettings.Read", "OnlineMeetings.ReadWrite", "User.Read",
      ]),
      clientID: clientID,
      clientSecret: folder.secrets.clientSecret,
      mailSink: sink,
      clock: { Date() },
      storage: folder.file("microsoft.json")
    )
    let zoom = try ZoomEmulator(
      accounts: accounts(allowing: [
        "meeting:write:meeting", "meeting:update:meeting", "meeting:delete:meeting", "meeting:read:meeting",
        "meeting:read:list_meetings", "user:read:user",
      ]),
      clientID: clientID,
      clientSecret: folder.secrets.clientSecret,
      clock: { Date() },
      storage: folder.file("zoom.json")
    )
    return Self(
      secrets: folder.secrets,
      databasePath: folder.file("phos.db").path,
      google: try await google.serve(),
      microsoft: try await microsoft.serve(),
      zoom: try await zoom.serve(),
      mail: try await sink.serve()
    )
  }

  func stop() async {
    await google.stop()
    await microsoft.stop()
    await zoom.stop()
    await mail.stop()
  }

  /// The server's configuration in this world.
  ///
  /// The environment may select another database and another job lease.
  func configuration(port: Int, environment: [String: String]) throws -> Configuration {
    let chosen = ["PHOS_DATABASE_URL", "PHOS_JOB_LEASE", "PHOS_WEB_ROOT"]
    var values = environment.filter { chosen.contains($0.key) }
    if values["PHOS_DATABASE_URL"] == nil { values["PHOS_DATABASE_URL"] = "sqlite:\(databasePath)" }
    values["PHOS_PORT"] = String(port)
    values["PHOS_ENCRYPTION_KEY"] = secrets.encryptionKey
    values["PHOS_GOOGLE_CLIENT_ID"] = Self.clientID
    values["PHOS_GOOGLE_CLIENT_SECRET"] = secrets.clientSecret
    values["PHOS_GOOGLE_API_URL"] = google.url
    values["PHOS_GOOGLE_OAUTH_URL"] = google.url
    values["PHOS_MICROSOFT_CLIENT_ID"] = Self.clientID
    values["PHOS_MICROSOFT_CLIENT_SECRET"] = secrets.clientSecret
    values["PHOS_MICROSOFT_GRAPH_URL"] = microsoft.url
    values["PHOS_MICROSOFT_LOGIN_URL"] = microsoft.url
    values["PHOS_ZOOM_CLIENT_ID"] = Self.clientID
    values["PHOS_ZOOM_CLIENT_SECRET"] = secrets.clientSecret
    values["PHOS_ZOOM_API_URL"] = zoom.url
    values["PHOS_ZOOM_OAUTH_URL"] = zoom.url
    values["PHOS_SMTP_URL"] = "smtp://127.0.0.1:\(mail.smtpPort)"
    // This allows trying a calendar server on this machine.
    values["PHOS_ALLOW_PRIVATE_NETWORKS"] = "true"
    return try Configuration(environment: values)
  }
}
