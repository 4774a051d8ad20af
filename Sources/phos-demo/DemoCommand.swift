import ArgumentParser
import Foundation
import Logging
import PhosServer
import ProviderEmulators
import ProviderKit

/// The executable that `phos demo` runs.
@main
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phos demo",
    abstract: "A whole world on one machine: a seeded workspace, emulated providers, a mail sink.",
    discussion: "An existing data folder is continued, never reset."
  )

  @Option(help: "The port of the web app and the API.")
  var port = 8080

  @Option(help: "Where everything is kept.")
  var data = ".phos-demo"

  @Option(help: "How many members there are.")
  var members = 2

  @Flag(
    name: .customLong("no-server"),
    help: """
      Run only the world around the server; DATA/phos.env is the configuration for `phos serve` and `phos worker`.
      """
  )
  var noServer = false

  @Flag(name: .shortAndLong, help: "Log what goes right, too.")
  var verbose = false

  func validate() throws {
    guard (1...65_535).contains(port) else { throw ValidationError("--port must be from 1 to 65535.") }
    guard (2...1000).contains(members) else { throw ValidationError("--members must be from 2 to 1000.") }
  }

  func run() async throws {
    let logger = Logger.standardError(verbose ? .debug : .error)
    let folder = try DemoFolder(path: data, members: members)
    try folder.forgetDescription()
    let world = try await DemoWorld.start(in: folder)
    do {
      let configuration = try world.configuration(
        port: port,
        environment: ProcessInfo.processInfo.environment
      )
      let program = try Program(configuration, logger: logger)
      let seed = DemoSeed(useCases: program.useCases, secrets: folder.secrets, world: world)
      let seeded: DemoSeed.Result
      do { seeded = try await seed.plant() } catch {
        await program.shutdown()
        throw error
      }
      let description = DemoDescription(world: world, seeded: seeded, secrets: folder.secrets, port: port)
      if noServer {
        await program.shutdown()
        try folder.write(configuration)
        try folder.write(description)
        print("The world is there. Start servers and workers with --config \(folder.configurationFile.path)")
        fflush(nil)
        await Program.untilToldToStop()
      } else {
        try await program.run(server: true, worker: true) { _ in
          do {
            try folder.write(description)
            print(DemoBanner(secrets: folder.secrets, world: world, port: port).text)
            fflush(nil)
          } catch {
            logger.critical("demo.json cannot be written", metadata: ["error": "\(error)"])
          }
        }
      }
      try folder.forgetDescription()
    } catch let problem as ConfigurationError where problem.key == "PHOS_PORT" {
      await world.stop()
      throw ValidationError("Port \(port) is in use. Choose another: phos demo --port \(port + 1)")
    } catch {
      await world.stop()
      throw error
    }
    await world.stop()
  }
}
