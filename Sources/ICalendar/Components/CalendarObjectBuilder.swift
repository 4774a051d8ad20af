/// Makes a calendar object of the components as they are read, so that no tree of the whole is ever in memory.
struct CalendarObjectBuilder: ComponentSink {
  /// An event that names a zone which may be defined further on, or has times that the calendar's zone may be for.
  private struct Waiting {
    let component: Component
    /// How many events were read before it.
    let place: Int
  }

  private let floatingZone: Zone?
  private var isInside = false
  private var isComplete = false
  private var hasMethod = false
  private var calendar = CalendarObject(prodid: "")
  private var waiting: [Waiting] = []
  private var definitions: [Component] = []
  private var zones = ZoneResolver(onlyIANA: true)

  init(floatingZone: Zone?) { self.floatingZone = floatingZone }

  mutating func beginCalendar() { isInside = !isComplete }

  mutating func property(_ line: ContentLine) {
    guard isInside else { return }
    switch line.shape.known {
    case .version, .calscale: break
    case .prodid: if calendar.prodid.isEmpty { calendar.prodid = line.text }
    case .method:
      // The first counts, known or not.
      if !hasMethod { calendar.method = line.word(Method.self) }
      if hasMethod || calendar.method == nil { calendar.otherProperties.append(line) }
      hasMethod = true
    default: calendar.otherProperties.append(line)
    }
  }

  mutating func component(_ component: Component) {
    guard isInside else { return }
    switch component.name {
    case "VEVENT":
      do throws(ICalendarError) {
        calendar.events.append(try EventComponent(component: component, floatingZone: nil, zones: &zones))
      } catch {
        waiting.append(Waiting(component: component, place: calendar.events.count))
      }
    case "VTODO": keep(component, in: \.todos)
    case "VJOURNAL": keep(component, in: \.journals)
    case "VFREEBUSY": keep(component, in: \.freeBusy)
    case "VTIMEZONE":
      // A known zone is written again when it is needed.
      guard component.property(.tzid).flatMap({ Zone($0.text) }) == nil else { return }
      definitions.append(component)
      calendar.otherComponents.append(component)
    default: calendar.otherComponents.append(component)
    }
  }

  /// What cannot be one of these is kept as it came.
  private mutating func keep<Part: CalendarComponent>(
    _ component: Component,
    in parts: WritableKeyPath<CalendarObject, [Part]>
  ) {
    if let part = try? Part(component: component) {
      calendar[keyPath: parts].append(part)
    } else {
      calendar.otherComponents.append(component)
    }
  }

  mutating func endCalendar() {
    guard isInside else { return }
    isInside = false
    isComplete = true
  }

  /// The object, once all was read.
  consuming func object() throws(ICalendarError) -> CalendarObject {
    guard isComplete else { throw .noCalendar }
    guard !waiting.isEmpty else { return calendar }
    var zones = ZoneResolver(definitions: definitions)
    let floatingZone = calendar.line(.xWRTimezone).flatMap { zones.zone($0.text) } ?? floatingZone
    let read = calendar.events
    calendar.events = []
    calendar.events.reserveCapacity(read.count + waiting.count)
    var taken = 0
    for event in waiting {
      calendar.events += read[taken..<event.place]
      taken = event.place
      do throws(ICalendarError) {
        calendar.events.append(
          try EventComponent(component: event.component, floatingZone: floatingZone, zones: &zones)
        )
      } catch {
        calendar.unreadable.append(error)
      }
    }
    calendar.events += read[taken...]
    if calendar.events.isEmpty, let error = calendar.unreadable.first { throw error }
    calendar.zoneSubstitutions = zones.substitutions
    return calendar
  }
}
