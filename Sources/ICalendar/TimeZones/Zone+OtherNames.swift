extension Zone {
  /// Finds a zone by a name that others use for it; nil for anything that does not name one for certain.
  ///
  /// Takes the names of Windows ("W. Europe Standard Time") and those that Exchange shows ("(UTC+01:00) Amsterdam,
  /// Berlin, …"), IANA names behind a vendor's prefix ("/vendor.example/2010_1/Europe/Berlin") or in another letter
  /// case, and names that are an offset ("GMT+0100").
  ///
  /// - Parameter name: A TZID that is no IANA name.
  public init?(otherName name: String) {
    let name = name.trimmedOfSpaceAndQuotes
    guard name.utf8.count <= 255 else { return nil }
    let zone =
      Zone(name) ?? Zone(anyCase: name) ?? WindowsZones.identifier(of: name).flatMap { Zone($0) }
      ?? Zone(behindPrefix: name) ?? Zone(offsetName: name) ?? Zone(displayName: name)
    guard let zone else { return nil }
    self = zone
  }

  /// Finds the zone of the IANA database whose clocks always have one offset; nil where there is none.
  ///
  /// - Parameter seconds: Seconds east of UTC.
  init?(fixedOffset seconds: Int) {
    if seconds == 0 {
      self = .utc
      return
    }
    // Their names count westwards, as POSIX does.
    let hours = seconds.magnitude / 3600
    let identifier =
      seconds % 3600 == 0
      ? "Etc/GMT\(seconds < 0 ? "+" : "-")\(hours)"
      : Self.constantOffsets[seconds] ?? ""
    self.init(identifier)
  }

  /// Zones whose offset is no whole number of hours, and never changes.
  private static let constantOffsets = [
    19_800: "Asia/Kolkata", 20_700: "Asia/Kathmandu", 16_200: "Asia/Kabul", 12_600: "Asia/Tehran",
    23_400: "Asia/Yangon", 31_500: "Australia/Eucla", 34_200: "Australia/Darwin",
    -34_200: "Pacific/Marquesas",
  ]

  private init?(anyCase name: String) {
    guard let identifier = ZoneDatabase.shared.identifier(anyCase: name) else { return nil }
    self.init(identifier)
  }

  /// The longest end of a path that is a zone: "/Europe/Berlin", "/vendor/Europe/Berlin", "tzone://vendor/Utc".
  private init?(behindPrefix path: String) {
    guard path.hasPrefix("/") || path.contains("://") else { return nil }
    let parts = path.split(separator: "/")
    // No name of the IANA has more than three parts.
    for start in parts.indices.suffix(3) {
      guard let zone = Zone(anyCase: parts[start...].joined(separator: "/")) else { continue }
      self = zone
      return
    }
    return nil
  }

  /// "GMT+0100", "UTC+1", "(GMT +01:00)" or "+01:00": nothing but an offset.
  private init?(offsetName name: String) {
    var text = name.uppercased().filter { $0 != " " && $0 != "(" && $0 != ")" }
    for prefix in ["GMT", "UTC"] where text.hasPrefix(prefix) { text.removeFirst(prefix.count) }
    guard text.hasPrefix("+") || text.hasPrefix("-"), let offset = Self.offset(text) else { return nil }
    self.init(fixedOffset: offset)
  }

  /// "+1", "+01", "+0100" or "+01:00" as seconds.
  private static func offset(_ text: String) -> Int? {
    let (sign, digits) = (text.prefix(1), text.dropFirst())
    switch digits.utf8.count {
    case 1: return UTCOffset("\(sign)0\(digits)00")?.seconds
    case 2: return UTCOffset("\(sign)\(digits)00")?.seconds
    default: return UTCOffset(text)?.seconds
    }
  }

  /// "(UTC+01:00) Amsterdam, Berlin, Bern": a name that Windows shows, or a city that is a zone and has that offset
  /// in winter or in summer.
  private init?(displayName name: String) {
    guard name.hasPrefix("("), let close = name.firstIndex(of: ")") else { return nil }
    let label = name[name.index(after: name.startIndex)..<close].uppercased().filter { $0 != " " }
    guard label.hasPrefix("UTC") || label.hasPrefix("GMT") else { return nil }
    guard let offset = label.count == 3 ? 0 : Self.offset(String(label.dropFirst(3))) else { return nil }
    let places = name[name.index(after: close)...].split(separator: ",").map {
      String($0).trimmedOfSpaceAndQuotes
    }
    guard let first = places.first, !first.isEmpty else { return nil }
    let whole = places.joined(separator: ", ").lowercased().replacing("&", with: "and")
    if Self.isUniversalTime(whole) {
      self.init(fixedOffset: offset)
      return
    }
    let shown = WindowsZones.shownNames[whole].map { [$0] } ?? []
    let cities = places.prefix(8).compactMap { city in
      ZoneDatabase.shared.identifier(city: city)
    }
    for identifier in shown + cities {
      guard let zone = Zone(identifier), zone.hasStandardOffset(offset) else { continue }
      self = zone
      return
    }
    return nil
  }

  /// "Coordinated Universal Time" as Windows says it in the languages of its users.
  private static func isUniversalTime(_ name: String) -> Bool {
    let coordinated = ["coord", "koord", "gecoörd", "eşgüd", "yleis", "всем", "协调", "協定"]
    let universal = [
      "univers", "univerz", "uniwers", "weltzeit", "wereldtijd", "světov", "svetov", "yleisaika", "evrensel",
      "всемирн", "世界",
    ]
    return coordinated.contains { name.contains($0) } && universal.contains { name.contains($0) }
  }

  /// Whether it is the offset without daylight saving, now and from now on.
  private func hasStandardOffset(_ offset: Int) -> Bool {
    guard let rule = rules.rule else {
      return offset == rules.table.last?.offsetAfter ?? rules.initial.offset
    }
    // In Ireland tzdata calls the time of summer the standard one.
    return offset == min(rule.standard.offset, rule.daylight.offset)
  }
}

extension String {
  /// The text without spaces and quotes around it, which some keep when they copy a parameter.
  fileprivate var trimmedOfSpaceAndQuotes: String {
    let isOuter: (Character) -> Bool = { $0 == " " || $0 == "\"" || $0 == "\t" }
    let start = drop(while: isOuter)
    return String(start.reversed().drop(while: isOuter).reversed())
  }
}
