import ArgumentParser
import PhosServer

struct MigrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Migrate the database to this version."
  )

  @OptionGroup var options: CommonOptions

  func run() async throws {
    try Program.migrate(options.configuration())
    print("The database is up to date.")
  }
}
