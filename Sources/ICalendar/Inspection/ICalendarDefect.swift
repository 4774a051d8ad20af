/// Something in a file that is not as the standards say, though it could be read.
public struct ICalendarDefect: Sendable, Hashable, CustomStringConvertible {
  /// The physical line on which it begins, from 1.
  public let line: Int
  /// The innermost component around it, such as "VEVENT"; nil outside of any.
  public let component: String?
  /// The property that is meant, in upper case; nil when it is the line's form or the component.
  public let property: String?
  /// Where the standards say otherwise, such as "RFC 5545 §3.6.1".
  public let section: String
  /// The defect in a sentence; names properties, parameters and zones, never other content.
  public let message: String
  /// The UID of the event or task; nil where there is none, or the defect is elsewhere.
  public var uid: String?

  /// The line, the place and the sentence.
  public var description: String {
    let place = [component, property].compactMap { $0 }.joined(separator: " ")
    return "line \(line)\(place.isEmpty ? "" : ", \(place)"): \(message) (\(section))"
  }
}

/// The result of strict reading: all that could be read, and all that is wrong with it.
public struct Inspection: Sendable, Hashable {
  /// The outermost components, as tolerant reading gives them.
  public let components: [Component]
  /// The defects in the order of the lines; a defect of every line is there once, for the first.
  public let defects: [ICalendarDefect]
  /// The times and rules of events and tasks that could not be read, or are read otherwise than they are written.
  ///
  /// Each is also among the defects, perhaps in other words.
  public let losses: [ICalendarDefect]
  /// Whether there are more defects than are listed.
  public let isCutShort: Bool

  /// The number of defects that are listed at most.
  public static let longestList = 1000
}

extension Component {
  /// Reads the data strictly: as `parse` does, with everything that is not as the standards say.
  ///
  /// - Throws: `ICalendarError.exceeds` when the data passes a limit.
  public static func inspect(
    _ bytes: some Collection<UInt8>,
    limits: ReadingLimits = .default
  ) throws(ICalendarError) -> Inspection {
    var tree = ComponentTree()
    var reader = ComponentReader(limits: limits, inspector: Inspector())
    try reader.read(bytes, into: &tree)
    try reader.finish(into: &tree)
    let defects = reader.inspector?.defects ?? []
    return Inspection(
      components: tree.roots,
      defects: Array(defects.inOrderOfLines.prefix(Inspection.longestList)),
      losses: (reader.inspector?.losses ?? []).inOrderOfLines,
      isCutShort: defects.count > Inspection.longestList
    )
  }
}

extension [ICalendarDefect] {
  /// Most are noted where they begin, some only where the component or the calendar ends.
  fileprivate var inOrderOfLines: [ICalendarDefect] {
    enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
  }
}
