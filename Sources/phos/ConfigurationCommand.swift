import ArgumentParser
import PhosServer

struct ConfigurationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "configuration",
    abstract: "List every setting.",
    discussion: """
      Settings are environment variables, or the same keys in a file given by --config.

      \(ConfigurationGuide.text)
      """
  )

  @Flag(name: .long, help: "Print the tables of docs/guides/configuration.md.")
  var markdown = false

  func run() { print(markdown ? ConfigurationGuide.markdown : ConfigurationGuide.text) }
}
