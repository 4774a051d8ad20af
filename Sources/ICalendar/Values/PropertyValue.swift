import Foundation

/// A property's value by its type (RFC 5545 §3.3).
///
/// Lists are of the properties that hold several values; the others have one.
public enum PropertyValue: Sendable, Hashable {
  /// Octets that were in base64.
  case binary([UInt8])
  case boolean(Bool)
  /// A calendar user's URI, such as "mailto:ann@example.com".
  case calAddress(String)
  case durations([CalendarDuration])
  case floats([Double])
  case geo(GeoPosition)
  case integers([Int])
  case periods([CalendarPeriod])
  /// A rule, as it was written.
  case recur(String)
  case requestStatus(RequestStatus)
  case texts([String])
  /// DATE or DATE-TIME.
  case times([CalendarTime])
  /// TIME.
  case timesOfDay([TimeOfDay])
  case uri(String)
  case utcOffset(UTCOffset)
  /// A value of a type that is not known here, as it stands in the line.
  case other(String)
}

extension ContentLine {
  /// The type of the value: what VALUE says, else what the property is defined with, else TEXT.
  ///
  /// Nil when VALUE names a type that is not known.
  public var valueType: ValueType? {
    let definition = layout.known.flatMap(PropertyDefinition.of)
    guard let name = parameter("VALUE") else { return definition?.type ?? .text }
    let type = ValueType(rawValue: name.uppercased())
    // GEO and REQUEST-STATUS are structured, whatever they are called.
    return definition?.type == .geo || definition?.type == .requestStatus ? definition?.type : type
  }

  /// The value by its type; nil when it is not of that type.
  public var typedValue: PropertyValue? {
    guard let type = valueType else { return .other(value) }
    let isList = layout.known.flatMap(PropertyDefinition.of)?.isList ?? (type != .text)
    return PropertyValue(value, type, isList: isList, of: self)
  }
}

extension PropertyValue {
  init?(_ value: String, _ type: ValueType, isList: Bool, of line: ContentLine) {
    let tzid = line.parameter("TZID")
    func all<Value>(_ read: (String) -> Value?) -> [Value]? {
      let parts =
        isList ? value.split(separator: ",", omittingEmptySubsequences: false).map(String.init) : [value]
      let values = parts.compactMap(read)
      return values.count == parts.count ? values : nil
    }
    let read: PropertyValue? =
      switch type {
      case .binary: Data(base64Encoded: value).map { .binary([UInt8]($0)) }
      case .boolean:
        switch value.uppercased() {
        case "TRUE": .boolean(true)
        case "FALSE": .boolean(false)
        default: nil
        }
      case .calAddress: value.isURI ? .calAddress(value) : nil
      case .date, .dateTime: all { CalendarTime(line.timeValue(of: $0), tzid: tzid) }.map { .times($0) }
      case .duration: all { CalendarDuration($0) }.map { .durations($0) }
      case .float: all { Double(decimal: $0) }.map { .floats($0) }
      case .geo: GeoPosition(value).map { .geo($0) }
      case .integer: all { Int($0) }.map { .integers($0) }
      case .period: all { CalendarPeriod($0, tzid: tzid) }.map { .periods($0) }
      case .recur: value.isEmpty ? nil : .recur(value)
      case .requestStatus: RequestStatus(value: value).map { .requestStatus($0) }
      case .text:
        .texts(
          isList ? value.splitOutsideEscapes(at: ",").map { String($0).unescapedText } : [value.unescapedText]
        )
      case .time: all { TimeOfDay($0) }.map { .timesOfDay($0) }
      case .uri, .xmlReference: value.isURI ? .uri(value) : nil
      case .uid: .texts([value.unescapedText])
      case .utcOffset: UTCOffset(value).map { .utcOffset($0) }
      }
    guard let read else { return nil }
    self = read
  }
}

extension String {
  /// Whether the text has the form of a URI: a scheme, a colon, and no space (RFC 3986 §3).
  var isURI: Bool {
    let scheme = utf8.prefix { $0 != UInt8(ascii: ":") }
    guard scheme.count < utf8.count, let first = scheme.first, (0x41...0x5A).contains(first & 0xDF) else {
      return false
    }
    return scheme.allSatisfy { $0.isInName && $0 != 0x5F || $0 == 0x2B || $0 == 0x2E }
      && !utf8.contains { $0 <= 0x20 }
  }
}
