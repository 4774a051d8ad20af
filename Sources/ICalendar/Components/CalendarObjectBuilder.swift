/// Makes calendar objects of the components as they are read, so that no tree of the whole is ever in memory.
///
/// Components beside a VCALENDAR are taken into the one before them, and where there is none at all into one of their
/// own.
struct CalendarObjectsBuilder: ComponentSink {
  private let floatingZone: Zone?
  /// Whether the others than the first are skipped.
  private let onlyFirst: Bool
  /// Whether events that cannot be read are kept as they came.
  private let keepsUnreadable: Bool
  private var builders: [CalendarObjectBuilder] = []
  private var hasCalendar = false
  private var isSkipping = false

  init(floatingZone: Zone?, onlyFirst: Bool, keepsUnreadable: Bool = false) {
    self.floatingZone = floatingZone
    self.onlyFirst = onlyFirst
    self.keepsUnreadable = keepsUnreadable
  }

  mutating func beginCalendar() {
    if !hasCalendar, builders.count == 1 {
      builders[0].isImplied = false
    } else if onlyFirst, hasCalendar {
      isSkipping = true
    } else {
      builders.append(CalendarObjectBuilder(floatingZone: floatingZone))
    }
    hasCalendar = true
  }

  mutating func property(_ line: ContentLine) {
    if !isSkipping { builders[builders.count - 1].property(line) }
  }

  mutating func component(_ component: Component) {
    guard !isSkipping else { return }
    if builders.isEmpty {
      // Anything can be between BEGIN and END, such as a VCARD.
      guard ComponentDefinition.of(component.name) != nil else { return }
      builders.append(CalendarObjectBuilder(floatingZone: floatingZone, isImplied: true))
    }
    builders[builders.count - 1].component(component)
  }

  mutating func endCalendar() {}

  /// The first object.
  consuming func first() throws(ICalendarError) -> CalendarObject {
    guard let builder = builders.first else { throw .noCalendar }
    let object = builder.object(keepsUnreadable: keepsUnreadable)
    if !keepsUnreadable, object.events.isEmpty, let error = object.unreadable.first { throw error }
    return object
  }

  /// All objects, in their order.
  consuming func all() throws(ICalendarError) -> [CalendarObject] {
    guard !builders.isEmpty else { throw .noCalendar }
    return builders.map { $0.object(keepsUnreadable: keepsUnreadable) }
  }
}

/// Makes one calendar object.
struct CalendarObjectBuilder {
  /// An event that names a zone which may be defined further on, or has times that the calendar's zone may be for.
  private struct Waiting {
    let component: Component
    /// How many events were read before it.
    let place: Int
  }

  private let floatingZone: Zone?
  /// Whether there is no VCALENDAR around the components.
  var isImplied: Bool
  /// A bit for each property that is there once only and was there.
  private var seen = 0
  private var calendar = CalendarObject(prodid: "")
  private var waiting: [Waiting] = []
  private var definitions: [Component] = []
  private var zones = ZoneResolver(onlyIANA: true)

  init(floatingZone: Zone?, isImplied: Bool = false) {
    self.floatingZone = floatingZone
    self.isImplied = isImplied
  }

  mutating func property(_ line: ContentLine) {
    // Of what is there once only, the first counts, known or not; the others are kept.
    guard let known = line.layout.known, let place = Self.ownPlace(of: known), seen & 1 << place == 0 else {
      calendar.otherProperties.append(line)
      return
    }
    seen |= 1 << place
    switch known {
    case .prodid: calendar.prodid = line.text
    case .method:
      calendar.method = line.word(Method.self)
      if calendar.method == nil { calendar.otherProperties.append(line) }
    default: break
    }
  }

  private static func ownPlace(of name: PropertyName) -> Int? {
    switch name {
    case .version: 0
    case .calscale: 1
    case .prodid: 2
    case .method: 3
    default: nil
    }
  }

  mutating func component(_ component: Component) {
    switch component.name {
    case "VEVENT":
      do throws(ICalendarError) {
        calendar.events.append(try EventComponent.reading(component, floatingZone: nil, zones: &zones))
      } catch {
        waiting.append(Waiting(component: component, place: calendar.events.count))
      }
    case "VTODO": keep(component, in: \.todos)
    case "VJOURNAL": keep(component, in: \.journals)
    case "VFREEBUSY": keep(component, in: \.freeBusy)
    case "VTIMEZONE":
      guard component.property(.tzid).flatMap({ Zone($0.text) }) == nil else {
        calendar.knownZones.components.append(component)
        return
      }
      definitions.append(component)
      calendar.otherComponents.append(component)
    default: calendar.otherComponents.append(component)
    }
  }

  /// A component that cannot be one of these is kept as it came.
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

  /// The object, once all was read.
  func object(keepsUnreadable: Bool) -> CalendarObject {
    var calendar = calendar
    if isImplied { calendar.prodid = CalendarObject.ownProdid }
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
          try EventComponent.reading(event.component, floatingZone: floatingZone, zones: &zones)
        )
      } catch {
        calendar.unreadable.append(error)
        if keepsUnreadable { calendar.otherComponents.append(event.component) }
      }
    }
    calendar.events += read[taken...]
    calendar.zoneSubstitutions = zones.substitutions
    return calendar
  }
}
