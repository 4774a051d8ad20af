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
      for component in try input.calendars() { octets += try Self.normalized(component).serialized() }
      try writeToStandardOutput(octets)
    }

    /// The calendar with the events that cannot be understood among what is kept as it came.
    private static func normalized(_ calendar: Component) throws -> CalendarObject {
      if let object = try? CalendarObject(component: calendar, floatingZone: .floating),
        object.unreadable.isEmpty
      {
        return object
      }
      let others = calendar.components.filter { $0.name != "VEVENT" }
      var (readable, kept): ([Component], [Component]) = ([], [])
      for event in calendar.components where event.name == "VEVENT" {
        let alone = Component("VCALENDAR", properties: calendar.properties, components: others + [event])
        if (try? CalendarObject(component: alone, floatingZone: .floating)) == nil {
          kept.append(event)
        } else {
          readable.append(event)
        }
      }
      var object = try CalendarObject(
        component: Component("VCALENDAR", properties: calendar.properties, components: others + readable),
        floatingZone: .floating
      )
      object.otherComponents += kept
      return object
    }
  }
}
