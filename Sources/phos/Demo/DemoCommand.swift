import ArgumentParser
import Foundation
import Logging
import PhosServer
import ProviderEmulators

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "A whole world on one machine: a seeded workspace, emulated providers, a mail sink.",
    discussion: "An existing data folder is continued, never reset."
  )

  @Option(help: "The port of the web app and the API.")
  var port = 8080

  @Option(help: "Where everything is kept.")
  var data = ".phos-demo"

  @Flag(name: .shortAndLong, help: "Log what goes right, too.")
  var verbose = false

  func validate() throws {
    guard (1...65_535).contains(port) else { throw ValidationError("--port must be from 1 to 65535.") }
  }

  func run() async throws {
    let logger = Logger.standardError(verbose ? .debug : .error)
    let folder = try DemoFolder(path: data)
    try folder.forgetDescription()
    let world = try await DemoWorld.start(in: folder)
    do {
      let program = try Program(
        world.configuration(port: port, environment: ProcessInfo.processInfo.environment),
        logger: logger
      )
      let seed = DemoSeed(useCases: program.useCases, secrets: folder.secrets, world: world)
      let seeded: DemoSeed.Result
      do { seeded = try await seed.plant() } catch {
        await program.shutdown()
        throw error
      }
      try await program.run(server: true, worker: true) { port in
        do {
          try folder.write(DemoDescription(world: world, seeded: seeded, secrets: folder.secrets, port: port))
          print(DemoBanner(secrets: folder.secrets, world: world, port: port).text)
          fflush(nil)
        } catch {
          logger.critical("demo.json cannot be written", metadata: ["error": "\(error)"])
        }
      }
      try folder.forgetDescription()
    } catch let problem as Configuration.Problem where problem.key == "PHOS_PORT" {
      await world.stop()
      throw ValidationError("Port \(port) is in use. Choose another: phos demo --port \(port + 1)")
    } catch {
      await world.stop()
      throw error
    }
    await world.stop()
  }
}
