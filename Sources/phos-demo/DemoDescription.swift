import ProviderEmulators

/// The contents of `demo.json` (contract, "Commands").
struct DemoDescription: Encodable, Sendable {
  struct Member: Encodable, Sendable {
    var email: String
    var password: String
    var token: String
  }

  struct Account: Encodable, Sendable {
    var id: String
    var provider: String
    var handle: String
    var member: String
    var emulatorToken: String?
  }

  var url: String
  var graphqlUrl: String
  var members: [Member]
  var connectedAccounts: [Account]
  var emulators: [String: String]
  var mailbox: String

  init(world: DemoWorld, seeded: DemoSeed.Result, secrets: DemoSecrets, port: Int) {
    url = "http://127.0.0.1:\(port)"
    graphqlUrl = "\(url)/graphql"
    members = secrets.members.map {
      Member(email: $0.email, password: $0.password, token: $0.token)
    }
    connectedAccounts = seeded.accounts
    emulators = ["google": world.google.url, "microsoft": world.microsoft.url, "zoom": world.zoom.url]
    mailbox = world.mail.http.url
  }
}

/// The text that a newcomer reads on the terminal.
struct DemoBanner {
  let secrets: DemoSecrets
  let world: DemoWorld
  let port: Int

  var text: String {
    let signIns = secrets.members.map { "    \($0.email)   \($0.password)" }.joined(separator: "\n")
    return """

        Phos Calendar is running:  http://127.0.0.1:\(port)

        Sign in as
      \(signIns)

        Mail to guests ends up at  \(world.mail.http.url)
        Stop with Ctrl-C; everything is kept for the next time.

      """
  }
}
