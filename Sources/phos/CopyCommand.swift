import ArgumentParser
import PhosServer
import Storage

struct CopyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy",
    abstract: "Copy everything into another, empty database, for example from SQLite to PostgreSQL.",
    discussion: """
      Stop every server and worker first, and start them on the new database afterwards, with the same \
      PHOS_ENCRYPTION_KEY. The old database is left as it is.
      """
  )

  @Option(help: "The database to read: sqlite:PATH or postgres://user:password@host:port/database.")
  var from: DatabaseAddress

  @Option(help: "The empty database to fill, in the same form.")
  var to: DatabaseAddress

  func run() throws {
    let rows = try DatabaseCopy(from: from, to: to).run()
    print("Copied \(rows) rows.")
  }
}

extension DatabaseAddress: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}
