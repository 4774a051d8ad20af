import ArgumentParser
import PhosServer

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Run the server: API, web app and background worker."
  )

  @OptionGroup var options: CommonOptions

  @Flag(name: .customLong("no-worker"), help: "Leave background work to `phos worker`.")
  var noWorker = false

  func run() async throws {
    try await options.program().run(server: true, worker: !noWorker)
  }
}

struct WorkerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Run only the background worker."
  )

  @OptionGroup var options: CommonOptions

  func run() async throws {
    try await options.program().run(server: false, worker: true)
  }
}
