import ICalendar

/// A zone that a mailbox can use: known to the IANA and to Windows.
struct OutlookZone: Equatable, Sendable {
  /// The IANA name.
  let identifier: String
  let rules: Zone

  static let utc = OutlookZone(identifier: "Etc/UTC", rules: .utc)

  /// Takes the names of Windows and of the IANA; nil for anything else.
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

  private init(identifier: String, rules: Zone) {
    self.identifier = identifier
    self.rules = rules
  }

  /// The name by which Exchange keeps it.
  var windowsName: String { WindowsZoneTable.names[identifier] ?? "UTC" }
}
