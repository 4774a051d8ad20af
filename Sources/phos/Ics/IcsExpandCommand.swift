import ArgumentParser
import Foundation
import ICalendar

extension IcsCommand {
  struct Expand: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the occurrences of every VEVENT and VTODO.",
      discussion: """
        Exit status 1 when something in the file could not be read; the rest is listed all the same. Times without a \\
        zone are taken for UTC where they are compared with --from and --to.
        """
    )

    @OptionGroup var input: IcsFile

    @Option(help: "Omit occurrences that end before this time (2026-01-28T10:00:00+01:00) or date.")
    var from: Moment?

    @Option(help: "Omit occurrences that start at or after this time or date.")
    var to: Moment?

    @Option(help: "The maximum number of occurrences of each.")
    var limit = 100

    @Flag(help: "Print one JSON object per line.")
    var json = false

    func validate() throws {
      guard (1...1_000_000).contains(limit) else {
        throw ValidationError("--limit must be from 1 to 1000000.")
      }
    }

    func run() throws {
      let inspection = try input.inspection()
      var failures = inspection.losses.map(\.sentence)
      var output = OccurrenceOutput(isJSON: json)
      for calendar in inspection.components where calendar.name == "VCALENDAR" {
        for entry in CalendarExpansion(calendar).entries {
          let found = entry.instances(from: from?.date, to: to?.date, limit: limit)
          for instance in found.instances { try output.write(instance, of: entry) }
          if !found.isComplete {
            failures.append(
              "UID \(entry.uid.onOneLine): a rule was abandoned because it matches too rarely or never"
            )
          }
        }
      }
      try output.flush()
      guard failures.isEmpty else {
        for failure in failures {
          FileHandle.standardError.write(Data("\(input.file): \(failure)\n".utf8))
        }
        throw ExitCode(1)
      }
    }
  }

  /// An instant, or a date's midnight in UTC.
  struct Moment: ExpressibleByArgument {
    let date: Date

    init?(argument: String) {
      if let day = CalendarDate(argument) {
        date = ZonedDateTime(local: LocalDateTime(startOf: day), zone: .utc).instant
      } else if let instant = try? Date(argument, strategy: .iso8601) {
        date = instant
      } else {
        return nil
      }
    }
  }
}
