import Foundation

/// Why data could not be read as jCal.
public enum JCalError: Error, Sendable, Hashable {
  /// The data is no JSON.
  case notJSON
  /// The JSON is no component (RFC 7265 §3.2, §3.3).
  case noComponent
  /// The JSON for the property, whose name is given in upper case, is no property (RFC 7265 §3.4).
  case invalid(property: String)
  /// The data is larger than the given limit allows.
  case exceeds(ICalendarError.Limit)
}

extension Component {
  /// Reads a component, such as a VCALENDAR, that is written as jCal (RFC 7265).
  ///
  /// - Throws: `JCalError` when the data is none, or passes a limit.
  public init(jCal bytes: some Collection<UInt8>, limits: ReadingLimits = .default) throws(JCalError) {
    guard bytes.count <= limits.bytes else { throw .exceeds(.bytes) }
    let json: Any
    do {
      json = try JSONSerialization.jsonObject(with: Data(bytes))
    } catch {
      throw .notJSON
    }
    var reader = JCalReader(limits: limits.held)
    self = try reader.component(json, depth: 1)
  }
}

/// Makes components of JSON.
private struct JCalReader {
  let limits: ReadingLimits
  private var lineCount = 0

  init(limits: ReadingLimits) {
    self.limits = limits
  }

  mutating func component(_ json: Any, depth: Int) throws(JCalError) -> Component {
    guard depth <= limits.depth else { throw .exceeds(.depth) }
    guard let parts = json as? [Any], parts.count == 3, let name = parts[0] as? String, !name.isEmpty,
      name.utf8.allSatisfy(\.isInName), let properties = parts[1] as? [Any],
      let components = parts[2] as? [Any]
    else { throw .noComponent }
    var lines: [ContentLine] = []
    for property in properties { lines.append(try line(property)) }
    var children: [Component] = []
    for part in components { children.append(try component(part, depth: depth + 1)) }
    return Component(name, properties: lines, components: children)
  }

  private mutating func line(_ json: Any) throws(JCalError) -> ContentLine {
    lineCount += 1
    guard lineCount <= limits.lines else { throw .exceeds(.lines) }
    guard let parts = json as? [Any], parts.count >= 4, let name = parts[0] as? String, !name.isEmpty,
      name.utf8.allSatisfy(\.isInName), let members = parts[1] as? [String: Any],
      let type = parts[2] as? String
    else { throw .invalid(property: "") }
    let upper = String(name.uppercased().prefix(64))
    guard members.count <= limits.parameters else { throw .exceeds(.parameters) }
    var parameters: [ContentLine.Parameter] = []
    for (key, value) in members.sorted(by: { $0.key < $1.key }) {
      guard let values = value as? [String] ?? (value as? String).map({ [$0] }), !key.isEmpty,
        key.utf8.allSatisfy(\.isInName)
      else { throw .invalid(property: upper) }
      guard values.count <= limits.parameters else { throw .exceeds(.parameters) }
      parameters.append(ContentLine.Parameter(key.uppercased(), values))
    }
    let known = PropertyName(rawValue: upper)
    let definition = known.flatMap(PropertyDefinition.of)
    let isStructured = definition?.type == .geo || definition?.type == .requestStatus
    let hasNoDefault = known.map(Self.withoutDefault.contains) ?? false
    if type != "unknown", !isStructured, hasNoDefault || type.uppercased() != definition?.type.rawValue {
      // A property that is not defined is a TEXT when it says nothing, and cannot be told from one of no type.
      parameters.insert(ContentLine.Parameter("VALUE", type.uppercased()), at: 0)
    }
    var values: [String] = []
    for value in parts[3...] {
      guard let text = Self.text(of: value, type.lowercased(), isStructured: isStructured) else {
        throw .invalid(property: upper)
      }
      values.append(text)
    }
    return ContentLine(name.uppercased(), parameters: parameters, value: values.joined(separator: ","))
  }

  /// Properties whose type must be said, also where it is the only one (RFC 7986 §5, RFC 9073 §6, RFC 9253 §8).
  private static let withoutDefault: Set<PropertyName> = [
    .conference, .image, .source, .refreshInterval, .structuredData, .styledDescription, .link,
  ]

  /// One value as a content line has it; nil when it is not of the type.
  private static func text(of json: Any, _ type: String, isStructured: Bool) -> String? {
    if isStructured, let parts = json as? [Any] {
      let texts = parts.compactMap { ($0 as? String)?.escapedText ?? ($0 as? NSNumber)?.stringValue }
      return texts.count == parts.count ? texts.joined(separator: ";") : nil
    }
    switch type {
    case "text", "uid": return (json as? String)?.escapedText
    case "date", "date-time": return (json as? String).flatMap { CalendarTime($0)?.basic }
    case "time": return (json as? String)?.replacing(":", with: "")
    case "utc-offset": return (json as? String).flatMap { UTCOffset($0)?.description }
    case "period":
      guard let ends = json as? [String] ?? (json as? String)?.split(separator: "/").map(String.init),
        let period = CalendarPeriod(ends.joined(separator: "/"))
      else { return nil }
      return period.basic
    case "recur": return (json as? [String: Any]).flatMap(rule)
    case "integer", "float": return (json as? NSNumber)?.stringValue
    case "boolean": return (json as? Bool).map { $0 ? "TRUE" : "FALSE" }
    default: return json as? String ?? (json as? NSNumber)?.stringValue
    }
  }

  /// The order in which RFC 5545 §3.3.10 names the parts of a rule; others follow.
  private static let ruleParts = [
    "rscale", "freq", "until", "count", "interval", "bysecond", "byminute", "byhour", "byday", "bymonthday",
    "byyearday", "byweekno", "bymonth", "bysetpos", "wkst",
  ]

  private static func rule(_ members: [String: Any]) -> String? {
    var parts: [String] = []
    func place(_ name: String) -> Int { ruleParts.firstIndex(of: name.lowercased()) ?? ruleParts.count }
    let sorted = members.sorted { (place($0.key), $0.key) < (place($1.key), $1.key) }
    for (name, value) in sorted {
      let values = (value as? [Any] ?? [value]).compactMap { $0 as? String ?? ($0 as? NSNumber)?.stringValue }
      guard name.utf8.allSatisfy(\.isInName), !values.isEmpty else { return nil }
      let isUntil = name.lowercased() == "until"
      let texts = isUntil ? values.compactMap { CalendarTime($0)?.basic } : values
      guard texts.count == values.count, texts.allSatisfy({ !$0.contains(";") }) else { return nil }
      parts.append("\(name.uppercased())=\(texts.joined(separator: ","))")
    }
    return parts.joined(separator: ";")
  }
}
