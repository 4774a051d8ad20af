/// Something with properties, which give typed access to the lines that hold them.
///
/// What is read is kept as it came: setting one property leaves all others, and their parameters, alone.
public protocol PropertyHolder: Sendable {
  /// The lines, in the order in which they are written.
  var propertyLines: [ContentLine] { get set }
}

extension PropertyHolder {
  func line(_ name: PropertyName) -> ContentLine? {
    propertyLines.first { $0.shape.known == name }
  }

  func lines(_ name: PropertyName) -> [ContentLine] {
    propertyLines.filter { $0.shape.known == name }
  }

  /// Puts lines where those of that name were, or where the canonical order has them.
  mutating func replace(_ name: PropertyName, with lines: [ContentLine]) {
    let place =
      propertyLines.firstIndex { $0.shape.known == name }
      ?? propertyLines.firstIndex { ($0.shape.known?.place ?? .max) > name.place } ?? propertyLines.count
    propertyLines.removeAll { $0.shape.known == name }
    propertyLines.insert(contentsOf: lines, at: min(place, propertyLines.count))
  }

  func text(_ name: PropertyName) -> String? { line(name)?.text }

  /// Replaces the text, and keeps the parameters of the line, such as LANGUAGE.
  mutating func setText(_ name: PropertyName, _ text: String?) {
    let parameters = line(name)?.parameters ?? []
    replace(name, with: text.map { [ContentLine(name.rawValue, parameters: parameters, text: $0)] } ?? [])
  }

  func integer(_ name: PropertyName) -> Int? { line(name).flatMap { Int($0.value) } }

  mutating func setInteger(_ name: PropertyName, _ number: Int?) {
    replace(name, with: number.map { [ContentLine(name.rawValue, value: String($0))] } ?? [])
  }

  func uri(_ name: PropertyName) -> String? { line(name)?.value }

  mutating func setURI(_ name: PropertyName, _ uri: String?) {
    replace(name, with: uri.map { [ContentLine(name.rawValue, value: $0)] } ?? [])
  }

  func texts(_ name: PropertyName) -> [String] {
    lines(name).flatMap { line -> [String] in
      guard case .texts(let texts)? = line.typedValue else { return [] }
      return texts
    }
  }

  /// Replaces a list of texts, which stands in one line.
  mutating func setTexts(_ name: PropertyName, _ texts: [String]) {
    let value = texts.map(\.escapedText).joined(separator: ",")
    replace(name, with: texts.isEmpty ? [] : [ContentLine(name.rawValue, value: value)])
  }

  /// Replaces texts, of which each has a line of its own.
  mutating func setTextLines(_ name: PropertyName, _ texts: [String]) {
    replace(name, with: texts.map { ContentLine(name.rawValue, text: $0) })
  }

  func time(_ name: PropertyName) -> CalendarTime? {
    line(name).flatMap { CalendarTime($0) }
  }

  mutating func setTime(_ name: PropertyName, _ time: CalendarTime?) {
    replace(
      name,
      with: time.map { [ContentLine(name.rawValue, parameters: $0.parameters, value: $0.basic)] } ?? []
    )
  }

  func duration(_ name: PropertyName) -> CalendarDuration? {
    line(name).flatMap { CalendarDuration($0.value) }
  }

  mutating func setDuration(
    _ name: PropertyName,
    _ duration: CalendarDuration?,
    _ parameters: [ContentLine.Parameter] = []
  ) {
    let line = duration.map { ContentLine(name.rawValue, parameters: parameters, value: $0.description) }
    replace(name, with: line.map { [$0] } ?? [])
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
