/// Reads a calendar as it arrives, in memory that is bounded by its largest component.
///
/// ```swift
/// var stream = ComponentStream(limits: ReadingLimits(bytes: .max, lines: .max))
/// while let chunk = try file.read() {
///   for case .component(let component) in try stream.push(chunk) { … }
/// }
/// for case .component(let component) in try stream.finish() { … }
/// ```
public struct ComponentStream: Sendable {
  /// A part that was found.
  public enum Element: Sendable, Hashable {
    /// A VCALENDAR begins; its properties and components follow.
    case beginCalendar
    /// A property of the VCALENDAR.
    case property(ContentLine)
    /// A whole component of the VCALENDAR, or one outside of any.
    case component(Component)
    /// The VCALENDAR ends.
    case endCalendar
  }

  private var reader: ComponentReader

  /// Makes a stream at the start of its data.
  public init(limits: ReadingLimits = .default) {
    reader = ComponentReader(limits: limits)
  }

  /// Takes the next octets, cut off wherever it may be.
  ///
  /// - Returns: What they complete.
  /// - Throws: `ICalendarError.exceeds` when the data passes a limit; nothing more can be read then.
  public mutating func push(_ chunk: some Sequence<UInt8>) throws(ICalendarError) -> [Element] {
    var found = Elements()
    try reader.read(chunk, into: &found)
    return found.elements
  }

  /// Ends the data.
  ///
  /// - Returns: What was still open.
  /// - Throws: `ICalendarError.exceeds` when the last line passes a limit.
  public mutating func finish() throws(ICalendarError) -> [Element] {
    var found = Elements()
    try reader.finish(into: &found)
    return found.elements
  }

  private struct Elements: ComponentSink {
    var elements: [Element] = []

    mutating func beginCalendar() { elements.append(.beginCalendar) }
    mutating func property(_ line: ContentLine) { elements.append(.property(line)) }
    mutating func component(_ component: Component) { elements.append(.component(component)) }
    mutating func endCalendar() { elements.append(.endCalendar) }
  }
}
