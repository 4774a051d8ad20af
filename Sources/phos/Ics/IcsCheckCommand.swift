import ArgumentParser
import Foundation
import ICalendar

extension IcsCommand {
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Report everything in a file that violates RFC 5545.",
      discussion: "Exits with status 0 and a summary, or with 1 and one line per defect."
    )

    @OptionGroup var input: IcsFile

    func run() throws {
      let inspection: Inspection
      do {
        inspection = try Component.inspect(try input.octets(), limits: IcsFile.limits)
      } catch let error as ICalendarError {
        throw Unreadable(file: input.file, error: error)
      }
      guard inspection.defects.isEmpty else {
        for defect in inspection.defects { print(defect) }
        if inspection.isCutShort { print("… and more.") }
        throw ExitCode(1)
      }
      print(Self.summary(of: inspection.components))
    }

    /// "1 calendar: 3 VEVENT, 1 VTIMEZONE. No defects."
    private static func summary(of components: [Component]) -> String {
      var counts: [(name: String, number: Int)] = []
      for part in components.flatMap(\.components) {
        if let index = counts.firstIndex(where: { $0.name == part.name }) {
          counts[index].number += 1
        } else {
          counts.append((part.name, 1))
        }
      }
      let parts = counts.map { "\($0.number) \($0.name)" }.joined(separator: ", ")
      let calendars = components.count == 1 ? "1 calendar" : "\(components.count) calendars"
      return "\(calendars)\(parts.isEmpty ? "" : ": \(parts)"). No defects."
    }
  }
}
