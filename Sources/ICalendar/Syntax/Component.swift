/// A component with its properties and the components within it (RFC 5545 §3.6), whatever they are.
public struct Component: Sendable {
  /// The name in upper case, such as "VEVENT".
  public let name: String
  /// The properties in their order.
  public var properties: [ContentLine] {
    get { lines.all }
    _modify { yield &lines.all }
  }
  /// The components within this one, in their order.
  public var components: [Component]
  var lines: ComponentLines

  /// Makes a component; characters that a name cannot have are left out.
  public init(_ name: String, properties: [ContentLine] = [], components: [Component] = []) {
    self.name = String(decoding: name.utf8.filter(\.isInName), as: UTF8.self).uppercased()
    lines = ComponentLines(properties)
    self.components = components
  }

  init(read name: String, lines: ComponentLines, components: [Component]) {
    self.name = name
    self.lines = lines
    self.components = components
  }

  /// The first property of a name, given in upper case.
  public func property(_ name: String) -> ContentLine? {
    properties.first { $0.isNamed(name) }
  }

  /// The properties of a name, given in upper case.
  public func properties(_ name: String) -> [ContentLine] {
    properties.filter { $0.isNamed(name) }
  }

  func property(_ known: PropertyName) -> ContentLine? {
    lines.first(known)
  }

  func properties(_ known: PropertyName) -> [ContentLine] {
    properties.filter { $0.layout.known == known }
  }

  /// The component as octets, lines folded and ended by CRLF.
  public func serialized() -> [UInt8] {
    var writer = ContentLineWriter()
    writer.write(self)
    return writer.bytes
  }

  /// Reads the outermost components of the data.
  ///
  /// A line without a colon is kept as a property of which it is the name, and components that are not ended end with the
  /// one around them.
  ///
  /// - Throws: `ICalendarError.exceeds` when the data passes a limit.
  public static func parse(
    _ bytes: some Collection<UInt8>,
    limits: ReadingLimits = .default
  ) throws(ICalendarError) -> [Component] {
    var tree = ComponentTree()
    var reader = ComponentReader(limits: limits)
    try reader.read(bytes, into: &tree)
    try reader.finish(into: &tree)
    return tree.roots
  }
}

extension Component {
  /// Reads the VCALENDARs of the data, each with the components that stand behind it and in none.
  ///
  /// Where there is no VCALENDAR, the components are given in one.
  ///
  /// - Throws: `ICalendarError` when the data passes a limit, or there is neither a VCALENDAR nor what can be in one.
  public static func parseCalendars(
    _ bytes: some Collection<UInt8>,
    limits: ReadingLimits = .default
  ) throws(ICalendarError) -> [Component] {
    var (calendars, before): ([Component], [Component]) = ([], [])
    for root in try parse(bytes, limits: limits) {
      if root.name == "VCALENDAR" {
        calendars.append(root)
      } else if calendars.isEmpty {
        before.append(root)
      } else {
        calendars[calendars.count - 1].components.append(root)
      }
    }
    // Anything can be between BEGIN and END, such as a VCARD.
    let known = before.filter { ComponentDefinition.of($0.name) != nil }
    guard calendars.isEmpty else {
      calendars[0].components = known + calendars[0].components
      return calendars
    }
    guard !known.isEmpty else { throw .noCalendar }
    let prodid = ContentLine("PRODID", text: CalendarObject.ownProdid)
    return [
      Component("VCALENDAR", properties: [ContentLine("VERSION", value: "2.0"), prodid], components: known)
    ]
  }
}

extension Component: Hashable {
  /// Whether both are the same when written.
  public static func == (left: Component, right: Component) -> Bool {
    left.name == right.name && left.lines == right.lines && left.components == right.components
  }

  /// Hashes what is written.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(properties)
    hasher.combine(components)
  }
}
