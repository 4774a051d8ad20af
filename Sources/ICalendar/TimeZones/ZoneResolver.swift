/// Finds the zone that a TZID means: the IANA's, the file's own, or one known by another name.
///
/// Never UTC for want of better. What was taken for another name is told, see `substitutions`.
struct ZoneResolver {
  private var definitions: [String: Component]
  /// Whether the zones that the file defines are not known yet.
  let onlyIANA: Bool
  private var found: [String: Zone?] = [:]
  /// How many VTIMEZONEs are still read: no honest file has hundreds.
  private var definitionsLeft = 500
  private var budget = ZoneDefinition.budget
  /// The octets of the few TZIDs that most lines have, and their zones.
  private var recent: [(name: [UInt8], zone: Zone)] = []
  /// TZIDs that name a zone of the IANA in another way.
  private(set) var substitutions: [String: Zone] = [:]

  /// Makes a resolver for a file with these VTIMEZONEs.
  init(definitions: [Component] = []) {
    self.definitions = Dictionary(
      definitions.compactMap { component in component.property(.tzid).map { ($0.text, component) } }
    ) { first, _ in first }
    onlyIANA = false
  }

  /// Makes a resolver that knows no other names.
  init(onlyIANA: Bool) {
    definitions = [:]
    self.onlyIANA = onlyIANA
  }

  /// Adds a VTIMEZONE, unless there is one of its name.
  mutating func define(_ definition: Component) {
    guard let tzid = definition.property(.tzid)?.text, definitions[tzid] == nil else { return }
    definitions[tzid] = definition
    found[tzid] = nil
    recent = []
  }

  /// The zone of the TZID whose values stand there in a line.
  mutating func zone(_ name: Range<Int>, of line: ContentLine) -> Zone? {
    for index in recent.indices where line.octets.span.isSame(name, as: recent[index].name) {
      return recent[index].zone
    }
    guard let zone = zone(line.firstValue(in: name)) else { return nil }
    if recent.count < 8 { recent.append((Array(line.octets[name]), zone)) }
    return zone
  }

  mutating func zone(_ tzid: String) -> Zone? {
    if let known = found[tzid] { return known }
    let zone = resolve(tzid)
    // Hostile files name no end of zones.
    if found.count < 10_000 { found[tzid] = zone }
    return zone
  }

  private mutating func resolve(_ tzid: String) -> Zone? {
    if let zone = Zone(tzid) { return zone }
    guard !onlyIANA else { return nil }
    if definitionsLeft > 0, budget > 0, let definition = definitions[tzid] {
      definitionsLeft -= 1
      budget -= ZoneDefinition.cost(of: definition)
      if let zone = Zone(definition: definition) { return zone }
    }
    guard let zone = Zone(otherName: tzid) else { return nil }
    if substitutions.count < 10_000 { substitutions[tzid] = zone }
    return zone
  }
}

extension Span<UInt8> {
  /// Whether the octets of the range are those.
  fileprivate func isSame(_ range: Range<Int>, as other: [UInt8]) -> Bool {
    guard range.count == other.count else { return false }
    for index in 0..<other.count where self[range.lowerBound + index] != other[index] { return false }
    return true
  }
}
