/// Finds the zone that a TZID means: the IANA's, the file's own, or one known by another name.
///
/// Never UTC for want of better. What was taken for another name is told, see `substitutions`.
struct ZoneResolver {
  private let definitions: [String: Component]
  private let onlyIANA: Bool
  private var found: [String: Zone?] = [:]
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
    if let definition = definitions[tzid], let zone = Zone(definition: definition) { return zone }
    guard let zone = Zone(otherName: tzid) else { return nil }
    if substitutions.count < 10_000 { substitutions[tzid] = zone }
    return zone
  }
}

extension Zone {
  /// Finds a zone by a name that others use for it; nil for anything that does not name one for certain.
  ///
  /// Takes the names of Windows ("W. Europe Standard Time") and those that Exchange shows ("(UTC+01:00) Amsterdam,
  /// Berlin, …"), IANA names behind a vendor's prefix ("/vendor.example/2010_1/Europe/Berlin") or in another letter
  /// case.
  ///
  /// - Parameter name: A TZID that is no IANA name.
  public init?(otherName name: String) {
    let name = name.trimmedOfSpaceAndQuotes
    guard name.utf8.count <= 255 else { return nil }
    let zone =
      Zone(name) ?? Zone(anyCase: name) ?? WindowsZones.identifier(of: name).flatMap { Zone($0) }
      ?? Zone(behindPrefix: name) ?? Zone(displayName: name)
    guard let zone else { return nil }
    self = zone
  }

  private init?(anyCase name: String) {
    guard let identifier = ZoneDatabase.shared.byLowercase[name.lowercased()] else { return nil }
    self.init(identifier)
  }

  /// The longest end of a path that is a zone.
  private init?(behindPrefix path: String) {
    guard path.hasPrefix("/") else { return nil }
    let parts = path.split(separator: "/")
    // No name of the IANA has more than three parts.
    for start in parts.indices.dropFirst().suffix(3) {
      guard let zone = Zone(parts[start...].joined(separator: "/")) else { continue }
      self = zone
      return
    }
    return nil
  }

  /// "(UTC+01:00) Amsterdam, Berlin, Bern": a city that is a zone and has that offset in winter or in summer.
  private init?(displayName name: String) {
    guard name.hasPrefix("("), let close = name.firstIndex(of: ")") else { return nil }
    let label = name[name.index(after: name.startIndex)..<close].uppercased()
    guard label.hasPrefix("UTC") || label.hasPrefix("GMT") else { return nil }
    let offset = label.dropFirst(3).isEmpty ? 0 : UTCOffset(String(label.dropFirst(3)))?.seconds
    let places = name[name.index(after: close)...].split(separator: ",").map {
      String($0).trimmedOfSpaceAndQuotes
    }
    guard let offset, let first = places.first else { return nil }
    let whole = places.joined(separator: ", ")
    if let identifier = Self.shownNames[whole.lowercased()], let zone = Zone(identifier),
      zone.standardOffset == offset
    {
      self = zone
      return
    }
    if whole.lowercased().hasPrefix("coordinated universal time"), offset == 0, places.count == 1 {
      self = .utc
      return
    }
    let cities = first.isEmpty ? [] : places.prefix(8)
    for city in cities {
      let key = city.lowercased().replacing(" ", with: "_")
      guard let zone = ZoneDatabase.shared.byCity[key].flatMap({ Zone($0) }), zone.standardOffset == offset
      else { continue }
      self = zone
      return
    }
    return nil
  }

  /// The offset without daylight saving, now and from now on.
  private var standardOffset: Int {
    rules.rule?.standard.offset ?? rules.table.last?.offsetAfter ?? rules.initial.offset
  }

  /// Those that name no city.
  private static let shownNames = [
    "eastern time (us & canada)": "America/New_York", "central time (us & canada)": "America/Chicago",
    "mountain time (us & canada)": "America/Denver", "pacific time (us & canada)": "America/Los_Angeles",
    "atlantic time (canada)": "America/Halifax", "newfoundland": "America/St_Johns",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu", "arizona": "America/Phoenix",
    "indiana (east)": "America/Indiana/Indianapolis",
    "saskatchewan": "America/Regina", "central america": "America/Guatemala", "greenland": "America/Nuuk",
    "azores": "Atlantic/Azores", "cabo verde is.": "Atlantic/Cape_Verde",
    "west central africa": "Africa/Lagos",
    "chennai, kolkata, mumbai, new delhi": "Asia/Kolkata",
    "beijing, chongqing, hong kong, urumqi": "Asia/Shanghai",
    "osaka, sapporo, tokyo": "Asia/Tokyo", "abu dhabi, muscat": "Asia/Dubai", "kuwait, riyadh": "Asia/Riyadh",
    "canberra, melbourne, sydney": "Australia/Sydney", "auckland, wellington": "Pacific/Auckland",
  ]
}

extension String {
  /// The text without spaces and quotes around it, which some keep when they copy a parameter.
  fileprivate var trimmedOfSpaceAndQuotes: String {
    let isOuter: (Character) -> Bool = { $0 == " " || $0 == "\"" || $0 == "\t" }
    let start = drop(while: isOuter)
    return String(start.reversed().drop(while: isOuter).reversed())
  }
}
