import ArgumentParser
import Logging
import PhosServer

/// The command.
///
/// Each subcommand is a file of its own.
@main
struct Phos: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phos",
    abstract: "Two-way calendars for a CRM: meetings that appear in people's real calendars.",
    subcommands: [
      ServeCommand.self, WorkerCommand.self, DemoCommand.self, MigrateCommand.self, MemberCommand.self,
      TokenCommand.self, BackupCommand.self, RestoreCommand.self, CopyCommand.self,
      RotateKeysCommand.self, IcsCommand.self, ConfigurationCommand.self,
    ]
  )
}
