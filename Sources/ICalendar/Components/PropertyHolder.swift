/// Something with properties, which give typed access to the lines that hold them.
///
/// Lines that were read are kept as they came: setting one property leaves all others, and their parameters, alone.
public protocol PropertyHolder: Sendable {
  /// The lines, in the order in which they are written.
  var propertyLines: [ContentLine] { get set }
}

extension PropertyHolder {
  func line(_ name: PropertyName) -> ContentLine? {
    propertyLines.first { $0.layout.known == name }
  }

  func lines(_ name: PropertyName) -> [ContentLine] {
    propertyLines.filter { $0.layout.known == name }
  }

  /// Puts lines where those of that name were, or where the canonical order has them.
  mutating func replace(_ name: PropertyName, with lines: [ContentLine]) {
    let place =
      propertyLines.firstIndex { $0.layout.known == name }
      ?? propertyLines.firstIndex { ($0.layout.known?.place ?? .max) > name.place } ?? propertyLines.count
    propertyLines.removeAll { $0.layout.known == name }
    propertyLines.insert(contentsOf: lines, at: min(place, propertyLines.count))
  }

  /// Replaces the value, and keeps of the line's parameters what the new value does not decide, such as LANGUAGE.
  ///
  /// - Parameters:
  ///   - name: The property.
  ///   - value: The value as it is written; nil removes the property.
  ///   - type: The value's type, which VALUE says where it has to.
  ///   - parameters: The parameters that belong to the value.
  mutating func setValue(
    _ name: PropertyName,
    _ value: String?,
    as type: ValueType,
    _ parameters: [ContentLine.Parameter] = []
  ) {
    let all = parameters.typed(type, of: name, keeping: line(name)?.parameters ?? [])
    replace(name, with: value.map { [ContentLine(name.rawValue, parameters: all, value: $0)] } ?? [])
  }

  func text(_ name: PropertyName) -> String? { line(name)?.text }

  mutating func setText(_ name: PropertyName, _ text: String?) {
    setValue(name, text?.escapedText, as: .text)
  }

  func integer(_ name: PropertyName) -> Int? { line(name).flatMap { Int($0.value) } }

  mutating func setInteger(_ name: PropertyName, _ number: Int?) {
    setValue(name, number.map { String($0) }, as: .integer)
  }

  func uri(_ name: PropertyName) -> String? { line(name)?.value }

  mutating func setURI(_ name: PropertyName, _ uri: String?) {
    setValue(name, uri, as: .uri)
  }

  func texts(_ name: PropertyName) -> [String] { lines(name).flatMap(\.listedTexts) }

  /// Replaces a list of texts, which stands in one line, or in one for each kind of parameters that texts had.
  ///
  /// A text that is new is taken into the line of the text before it.
  mutating func setTexts(_ name: PropertyName, _ texts: [String]) {
    let old = lines(name).map { line in
      (texts: line.listedTexts, parameters: [].typed(.text, of: name, keeping: line.parameters))
    }
    var lines: [(texts: [String], parameters: [ContentLine.Parameter])] = []
    for text in texts {
      let parameters =
        old.first { $0.texts.contains(text) }?.parameters ?? lines.last?.parameters ?? old.first?.parameters
        ?? []
      if lines.last?.parameters == parameters {
        lines[lines.count - 1].texts.append(text)
      } else {
        lines.append(([text], parameters))
      }
    }
    replace(
      name,
      with: lines.map { line in
        let value = line.texts.map(\.escapedText).joined(separator: ",")
        return ContentLine(name.rawValue, parameters: line.parameters, value: value)
      }
    )
  }

  /// Replaces texts, of which each has a line of its own.
  mutating func setTextLines(_ name: PropertyName, _ texts: [String]) {
    setLines(name, texts.map { ContentLine(name.rawValue, text: $0) }, as: .text)
  }

  /// Replaces lines: a value that was there keeps its parameters, and another has those of the line in whose place it is.
  mutating func setLines(_ name: PropertyName, _ new: [ContentLine], as type: ValueType) {
    let old = lines(name)
    var left = Set(old.indices)
    var lines = new.map { line -> ContentLine? in
      guard let index = old.indices.first(where: { left.contains($0) && old[$0].value == line.value })
      else { return nil }
      left.remove(index)
      // The same value is of the same type.
      let type = old[index].parameter("VALUE").flatMap { ValueType(rawValue: $0.uppercased()) } ?? type
      return line.keeping(old[index].parameters, of: name, as: type)
    }
    for (index, line) in new.enumerated() where lines[index] == nil && left.contains(index) {
      lines[index] = line.keeping(old[index].parameters, of: name, as: type)
    }
    replace(name, with: zip(lines, new).map { $0 ?? $1 })
  }

  func time(_ name: PropertyName) -> CalendarTime? {
    line(name).flatMap { CalendarTime($0) }
  }

  mutating func setTime(_ name: PropertyName, _ time: CalendarTime?) {
    let type: ValueType = if case .date? = time { .date } else { .dateTime }
    setValue(name, time?.basic, as: type, time?.zoneParameters ?? [])
  }

  func duration(_ name: PropertyName) -> CalendarDuration? {
    line(name).flatMap { CalendarDuration($0.value) }
  }

  mutating func setDuration(
    _ name: PropertyName,
    _ duration: CalendarDuration?,
    _ parameters: [ContentLine.Parameter] = []
  ) {
    setValue(name, duration?.description, as: .duration, parameters)
  }

  /// Replaces the user; of another one only the parameters that belong to the value are written.
  mutating func setUser(_ name: PropertyName, _ user: CalendarUser?) {
    guard let user, line(name).map({ CalendarUser($0).isSame(as: user) }) == true else {
      replace(
        name,
        with: user.map { [ContentLine(name.rawValue, parameters: $0.parameters, value: $0.uri)] } ?? []
      )
      return
    }
    setValue(name, user.uri, as: .calAddress, user.parameters)
  }
}

extension [ContentLine.Parameter] {
  /// Names of parameters that belong to one value, and say nothing of another.
  private static let namesOfValues: Set<String> = [
    "TZID", "ENCODING", "RELATED", "RELTYPE", "FBTYPE", "CN", "SENT-BY", "EMAIL",
  ]

  /// The parameters of a value, the VALUE that it needs, and what the line that it replaces says beside its own value.
  fileprivate func typed(_ type: ValueType, of name: PropertyName, keeping old: Self) -> Self {
    let own = Set(map { $0.name.uppercased() })
    let isImplied = type == PropertyDefinition.of(name)?.type ?? type
    let kept = old.filter { parameter in
      let name = parameter.name.uppercased()
      guard name != "VALUE" else {
        // A type that is said without need stays while it is right.
        return isImplied && !own.contains(name) && parameter.values.map { $0.uppercased() } == [type.rawValue]
      }
      return !own.contains(name) && !Self.namesOfValues.contains(name)
    }
    let needsType = !isImplied && !own.contains("VALUE")
    return (needsType ? [ContentLine.Parameter("VALUE", type.rawValue)] : []) + self + kept
  }
}

extension ContentLine {
  /// The line with what the parameters of the one that it replaces say beside its value.
  fileprivate func keeping(_ old: [Parameter], of name: PropertyName, as type: ValueType) -> ContentLine {
    ContentLine(self.name, parameters: parameters.typed(type, of: name, keeping: old), value: value)
  }

  /// The texts of a list.
  fileprivate var listedTexts: [String] {
    guard case .texts(let texts)? = typedValue else { return [] }
    return texts
  }
}

extension PropertyName {
  /// Where in a component it is written.
  var place: Int { Self.places[self] ?? .max - 1 }

  /// The order in which this library writes: who and when, what, where and with whom, then the rest as it came.
  private static let canonicalOrder: [PropertyName] = [
    .version, .prodid, .calscale, .method, .tzid, .uid, .dtstamp, .action, .trigger, .dtstart, .dtend, .due,
    .duration, .repeat, .recurrenceID, .sequence, .name, .summary, .description, .location, .url, .conference,
    .geo, .categories, .classification, .priority, .color, .image, .status, .percentComplete, .completed,
    .transp,
    .organizer, .attendee, .contact, .resources, .comment, .attach, .relatedTo, .freebusy, .requestStatus,
    .rrule,
    .rdate, .exdate, .exrule, .refreshInterval, .source, .acknowledged, .proximity, .created, .lastModified,
  ]

  private static let places = Dictionary(canonicalOrder.enumerated().map { ($1, $0) }) { first, _ in first }
}
