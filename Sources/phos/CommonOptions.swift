import ArgumentParser
import Foundation
import Logging
import PhosServer

/// The options of every command that needs a configuration.
struct CommonOptions: ParsableArguments {
  @Option(name: .long, help: "A file of PHOS_KEY=value lines. Environment variables take precedence.")
  var config: String?

  @Flag(name: .shortAndLong, help: "Log informational messages too.")
  var verbose = false

  func configuration() throws -> Configuration {
    try Configuration(environment: ProcessInfo.processInfo.environment, file: config)
  }

  func logger() -> Logger { .standardError(verbose ? .debug : .notice) }

  /// Opens everything; a `ConfigurationError` ends the command with its one line.
  func program() throws -> Program { try Program(configuration(), logger: logger()) }
}
