import ArgumentParser
import Foundation
import PhosServer
import Storage

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Back up the SQLite database to a new file, even while servers are using it.",
    discussion:
      "Keep PHOS_ENCRYPTION_KEY in another place as well: without it, the accounts in the backup can't be used."
  )

  @OptionGroup var options: CommonOptions

  @Argument(help: "The file to write; it must not exist.")
  var file: String

  func run() throws {
    try Program.databaseFile(options.configuration()).copy(to: file)
    print("Backed up to \(file).")
  }
}

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Replace the SQLite database with a backup, keeping the old one beside it.",
    discussion: "Stop every server and worker first."
  )

  @OptionGroup var options: CommonOptions

  @Argument(help: "A file written by `phos backup`.")
  var file: String

  func run() throws {
    let kept = try Program.databaseFile(options.configuration()).restore(file, now: Date())
    print("Restored." + (kept.map { " The previous database was kept as \($0)." } ?? ""))
  }
}
