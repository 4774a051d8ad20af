/// A calendar object, which is stored, sent or downloaded as a whole: a VCALENDAR (RFC 5545 §3.4).
public struct CalendarObject: Sendable, Hashable {
  /// The request that the object makes of its reader; nil in an object on a server (RFC 4791 §4.1).
  public var method: Method?
  /// The program that wrote it.
  public var prodid: String
  /// The events.
  public var events: [EventComponent]
  /// The tasks.
  public var todos: [TodoComponent]
  /// The journal entries.
  public var journals: [JournalComponent]
  /// The free and busy times.
  public var freeBusy: [FreeBusyComponent]
  /// Properties that have no place above, kept as they were read.
  public var otherProperties: [ContentLine]
  /// Components of other kinds, and zones that only the file knows, kept as they were read.
  public var otherComponents: [Component]
  /// Why events that were in the data are not in `events`.
  public var unreadable: [ICalendarError]
  /// TZIDs that are no IANA name, such as those of Windows, and the zone that each was taken for.
  public var zoneSubstitutions: [String: Zone]
  /// The file's VTIMEZONEs for zones of the IANA.
  var knownZones = KnownZones()

  /// The PRODID of what this library writes.
  public static let ownProdid = "-//Phos//Phos Calendar//EN"

  /// Makes a calendar object.
  public init(
    method: Method? = nil,
    prodid: String = CalendarObject.ownProdid,
    events: [EventComponent] = []
  ) {
    self.method = method
    self.prodid = prodid
    self.events = events
    todos = []
    journals = []
    freeBusy = []
    otherProperties = []
    otherComponents = []
    unreadable = []
    zoneSubstitutions = [:]
  }

  /// Adds anything that can be written as a component, a caller's own types included.
  public mutating func append(_ part: some ComponentConvertible) {
    switch part {
    case let event as EventComponent: events.append(event)
    case let todo as TodoComponent: todos.append(todo)
    case let journal as JournalComponent: journals.append(journal)
    case let times as FreeBusyComponent: freeBusy.append(times)
    default: otherComponents.append(part.component)
    }
  }

  /// The object with a VTIMEZONE for each zone that it names.
  public var component: Component {
    var lines = LineAssembler(capacity: 128)
    writeOwnLines(to: &lines)
    return Component(
      read: "VCALENDAR",
      lines: lines.lines,
      components: zonesToWrite + events.map(\.component) + partsAfterEvents
    )
  }

  /// The object as UTF-8, lines folded at 75 octets and ended by CRLF.
  public func serialized() -> [UInt8] {
    var writer = ContentLineWriter()
    writer.reserve(512 + 512 * min(events.count, 64))
    writer.begin("VCALENDAR")
    writeOwnLines(to: &writer.lines)
    for zone in zonesToWrite { writer.append(zone) }
    // One at a time, so that no tree of the whole is ever in memory.
    events.withUnsafeBufferPointer { events in
      for index in events.indices {
        events[index].write(to: &writer)
        // By then it is known how long they are.
        if index == 63 { writer.reserve(writer.bytes.count / 60 * events.count) }
      }
    }
    for part in partsAfterEvents { writer.append(part) }
    writer.end("VCALENDAR")
    return writer.bytes
  }

  private func writeOwnLines(to lines: inout LineAssembler) {
    lines.append(.version, value: "2.0")
    lines.append(.prodid, text: prodid)
    lines.append(.calscale, value: "GREGORIAN")
    if let method { lines.append(.method, value: method.rawValue) }
    for line in otherProperties { lines.append(line) }
  }

  private var partsAfterEvents: [Component] {
    todos.map(\.component) + journals.map(\.component) + freeBusy.map(\.component)
      + otherComponents.filter { $0.name != "VTIMEZONE" }
  }

  /// The object as text; the same as `serialized()`.
  public var text: String { String(decoding: serialized(), as: UTF8.self) }
}
