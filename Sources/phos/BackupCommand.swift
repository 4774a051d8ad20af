import ArgumentParser
import Foundation
import PhosServer
import Storage

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the SQLite database into a new file, also while servers run on it.",
    discussion:
      "Keep PHOS_ENCRYPTION_KEY as well, elsewhere: without it the accounts in the copy cannot be used."
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
    abstract: "Put a back-up in the place of the SQLite database, which is kept beside it.",
    discussion: "Stop every server and worker first."
  )

  @OptionGroup var options: CommonOptions

  @Argument(help: "A file that `phos backup` has written.")
  var file: String

  func run() throws {
    let kept = try Program.databaseFile(options.configuration()).restore(file, now: Date())
    print("Restored." + (kept.map { " The database before is kept as \($0)." } ?? ""))
  }
}
