import ArgumentParser
import ICalendar

extension IcsCommand {
  struct Normalize: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read a file, and write it again as RFC 5545 wants it.",
      discussion: """
        Folding, escaping, order of properties, and a VTIMEZONE for each zone in use. What the program does not know \\
        is kept. A file that holds an event which cannot be read is refused, so that nothing is lost.
        """
    )

    @OptionGroup var input: IcsFile

    func run() throws {
      var octets: [UInt8] = []
      for component in try input.calendars() {
        do {
          let calendar = try CalendarObject(component: component)
          if let error = calendar.unreadable.first { throw error }
          octets += calendar.serialized()
        } catch let error as ICalendarError {
          throw Unreadable(file: input.file, error: error)
        }
      }
      try writeToStandardOutput(octets)
    }
  }
}
