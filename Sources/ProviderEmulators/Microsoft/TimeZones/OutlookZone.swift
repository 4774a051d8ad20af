import ICalendar

/// A time zone that a mailbox can use, because both IANA and Windows know it.
struct OutlookZone: Equatable, Sendable {
  /// The IANA name.
  let identifier: String
  let rules: Zone

  static let utc = OutlookZone(identifier: "Etc/UTC", rules: .utc)

  /// Accepts Windows and IANA names; nil for any other.
  init?(_ name: String) {
    if name == "UTC" || name == "Etc/UTC" {
      self = .utc
      return
    }
    guard name.utf8.count <= 64 else { return nil }
    let identifier = WindowsZoneTable.identifiers[name.lowercased()] ?? name
    guard WindowsZoneTable.names[identifier] != nil, let rules = Zone(identifier) else { return nil }
    self.init(identifier: identifier, rules: rules)
  }

  /// Accepts the names that a client may write: those of Windows, and the IANA names that Graph documents.
  init?(asked name: String) {
    guard
      name == "UTC" || WindowsZoneTable.identifiers[name.lowercased()] != nil
        || Self.documented.contains(name)
    else { return nil }
    self.init(name)
  }

  /// The "additional time zones" of learn.microsoft.com/graph/api/resources/datetimetimezone.
  static let documented = Set(
    """
    Etc/GMT+12 Etc/GMT+11 Pacific/Honolulu America/Anchorage America/Santa_Isabel America/Los_Angeles America/Phoenix
    America/Chihuahua America/Denver America/Guatemala America/Chicago America/Mexico_City America/Regina America/Bogota
    America/New_York America/Indiana/Indianapolis America/Caracas America/Asuncion America/Halifax America/Cuiaba
    America/La_Paz America/Santiago America/St_Johns America/Sao_Paulo America/Argentina/Buenos_Aires America/Cayenne
    America/Godthab America/Montevideo America/Bahia Etc/GMT+2 Atlantic/Azores Atlantic/Cape_Verde Africa/Casablanca
    Etc/GMT Europe/London Atlantic/Reykjavik Europe/Berlin Europe/Budapest Europe/Paris Europe/Warsaw Africa/Lagos
    Africa/Windhoek Europe/Bucharest Asia/Beirut Africa/Cairo Asia/Damascus Africa/Johannesburg Europe/Kyiv Europe/Kiev
    Europe/Istanbul Asia/Jerusalem Asia/Amman Asia/Baghdad Europe/Kaliningrad Asia/Riyadh Africa/Nairobi Asia/Tehran
    Asia/Dubai Asia/Baku Europe/Moscow Indian/Mauritius Asia/Tbilisi Asia/Yerevan Asia/Kabul Asia/Karachi Asia/Tashkent
    Asia/Kolkata Asia/Colombo Asia/Kathmandu Asia/Almaty Asia/Dhaka Asia/Yekaterinburg Asia/Yangon Asia/Rangoon
    Asia/Bangkok Asia/Novosibirsk Asia/Shanghai Asia/Krasnoyarsk Asia/Singapore Australia/Perth Asia/Taipei
    Asia/Ulaanbaatar Asia/Irkutsk Asia/Tokyo Asia/Seoul Australia/Adelaide Australia/Darwin Australia/Brisbane
    Australia/Sydney Pacific/Port_Moresby Australia/Hobart Asia/Yakutsk Pacific/Guadalcanal Asia/Vladivostok
    Pacific/Auckland Etc/GMT-12 Pacific/Fiji Asia/Magadan Pacific/Tongatapu Pacific/Apia Pacific/Kiritimati
    """.split { $0.isWhitespace }.map(String.init)
  )

  private init(identifier: String, rules: Zone) {
    self.identifier = identifier
    self.rules = rules
  }

  /// The name under which Exchange stores it.
  var windowsName: String { WindowsZoneTable.names[identifier] ?? "UTC" }
}
