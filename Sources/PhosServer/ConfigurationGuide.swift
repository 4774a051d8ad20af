import ProviderKit

/// Every setting there is, the program's own and the drivers', for people.
package enum ConfigurationGuide {
  private static var groups: [(title: String, settings: [Setting])] {
    [("The program", Configuration.settings)] + Drivers.settings
  }

  /// For a terminal.
  package static var text: String {
    groups.map { group in
      ([group.title] + group.settings.map(Self.text)).joined(separator: "\n")
    }
    .joined(separator: "\n\n")
  }

  /// The tables of docs/guides/configuration.md.
  package static var markdown: String {
    groups.map { group in
      let rows = group.settings.map { setting in
        let fallback = setting.fallback.map { "`\($0)`" }
        let cells = [
          "`\(setting.key)`", setting.meaning, setting.need ?? "–", setting.isSecret ? "yes" : "–",
          fallback ?? "–",
        ]
        return "| \(cells.joined(separator: " | ")) |"
      }
      return """
        ### \(group.title)
        | key | meaning | needed for | secret | default |
        |---|---|---|---|---|
        \(rows.joined(separator: "\n"))
        """
    }
    .joined(separator: "\n\n")
  }

  private static func text(_ setting: Setting) -> String {
    var lines = ["  \(setting.key)\(setting.isSecret ? " (secret)" : "")", "      \(setting.meaning)"]
    if let need = setting.need { lines.append("      Needed for \(need).") }
    if let fallback = setting.fallback { lines.append("      Default: \(fallback)") }
    return lines.joined(separator: "\n")
  }
}
