/// Makes a calendar object of the components as they are read, so that no tree of the whole is ever in memory.
struct CalendarObjectBuilder: ComponentSink {
  private enum Event {
    case read(EventComponent)
    /// Names a zone that may be defined further on, or has times that the calendar's zone may be for.
    case waiting(Component)
  }

  private var isInside = false
  private var isComplete = false
  private var calendar = CalendarObject(prodid: "")
  private var events: [Event] = []
  private var definitions: [Component] = []
  private var zones = ZoneResolver(onlyIANA: true)

  mutating func beginCalendar() { isInside = !isComplete }

  mutating func property(_ line: ContentLine) {
    guard isInside else { return }
    switch line.shape.known {
    case .version, .calscale: break
    case .prodid: if calendar.prodid.isEmpty { calendar.prodid = line.text }
    case .method:
      calendar.method = Method(rawValue: line.value.uppercased())
      if calendar.method == nil { calendar.otherProperties.append(line) }
    default: calendar.otherProperties.append(line)
    }
  }

  mutating func component(_ component: Component) {
    guard isInside else { return }
    switch component.name {
    case "VEVENT":
      do throws(ICalendarError) {
        events.append(.read(try EventComponent(component: component, floatingZone: nil, zones: &zones)))
      } catch {
        events.append(.waiting(component))
      }
    case "VTODO": if let todo = try? TodoComponent(component: component) { calendar.todos.append(todo) }
    case "VJOURNAL":
      if let entry = try? JournalComponent(component: component) { calendar.journals.append(entry) }
    case "VFREEBUSY":
      if let times = try? FreeBusyComponent(component: component) { calendar.freeBusy.append(times) }
    case "VTIMEZONE":
      // One that is known is written anew when it is needed.
      guard component.property(.tzid).flatMap({ Zone($0.text) }) == nil else { return }
      definitions.append(component)
      calendar.otherComponents.append(component)
    default: calendar.otherComponents.append(component)
    }
  }

  mutating func endCalendar() {
    guard isInside else { return }
    (isInside, isComplete) = (false, true)
  }

  /// The object, once all was read.
  func object() throws(ICalendarError) -> CalendarObject {
    guard isComplete else { throw .noCalendar }
    var calendar = calendar
    var zones = ZoneResolver(definitions: definitions)
    let floatingZone = calendar.line(.xWRTimezone).flatMap { zones.zone($0.text) }
    calendar.events.reserveCapacity(events.count)
    for event in events {
      switch event {
      case .read(let event): calendar.events.append(event)
      case .waiting(let component):
        do throws(ICalendarError) {
          let event = try EventComponent(component: component, floatingZone: floatingZone, zones: &zones)
          calendar.events.append(event)
        } catch {
          calendar.unreadable.append(error)
        }
      }
    }
    if calendar.events.isEmpty, let error = calendar.unreadable.first { throw error }
    calendar.zoneSubstitutions = zones.substitutions
    return calendar
  }
}
