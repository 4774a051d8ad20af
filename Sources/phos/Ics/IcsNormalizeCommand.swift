import ArgumentParser
import ICalendar

extension IcsCommand {
  struct Normalize: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read a file and write it in the form RFC 5545 requires.",
      discussion: """
        Folding, escaping, order of properties, and a VTIMEZONE for each zone in use. What the program does not know, or \
        cannot understand, is written as it came.
        """
    )

    @OptionGroup var input: IcsFile

    func run() throws {
      var octets: [UInt8] = []
      for component in try input.calendars() {
        octets += try CalendarObject(keepingAllOf: component, floatingZone: .floating).serialized()
      }
      try writeToStandardOutput(octets)
    }
  }
}
