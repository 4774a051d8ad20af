extension RecurrenceTime {
  /// Reads one value of a line, in the zone that the line names; nil when it is no time or the zone is unknown.
  ///
  /// A name is first one of `zones`, those of the event's own times, which a file may have defined itself; then one of
  /// the IANA or another name for one.
  init?(_ text: some StringProtocol, of line: ContentLine, zones: [Zone] = []) {
    self.init(text, of: line) { Self.zone($0, among: zones) }
  }

  /// The zone that a name means: one of those given, one of the IANA, or another name for one.
  static func zone(_ name: String, among zones: [Zone]) -> Zone? {
    zones.first { $0.identifier == name } ?? Zone(name) ?? Zone(otherName: name)
  }

  /// Reads one value of a line, in the zone that is found for the name that the line gives.
  init?(_ text: some StringProtocol, of line: ContentLine, zone find: (String) -> Zone?) {
    switch line.timeValue(of: text) {
    case .date(let date): self = .date(date)
    case .utc(let local): self = .zoned(ZonedDateTime(local: local, zone: .utc))
    case .local(let local):
      guard let identifier = line.parameter("TZID") else {
        self = .floating(local)
        return
      }
      guard let zone = find(identifier) else { return nil }
      self = .zoned(ZonedDateTime(local: local, zone: zone))
    case nil: return nil
    }
  }

  /// The value and the parameters that it needs.
  ///
  /// The second pass of a repeated hour has no form with a zone, and is written in UTC.
  func line(_ name: String, more parameters: [ContentLine.Parameter] = []) -> ContentLine {
    switch self {
    case .date(let date):
      ContentLine(name, parameters: [.init("VALUE", "DATE")] + parameters, value: date.basic)
    case .floating(let local):
      ContentLine(name, parameters: parameters, value: local.basic)
    case .zoned(let time) where time.zone.isUTC || time.isSecondPass:
      ContentLine(name, parameters: parameters, value: "\(LocalDateTime(nominalSeconds: second).basic)Z")
    case .zoned(let time):
      ContentLine(
        name,
        parameters: [.init("TZID", time.zone.identifier)] + parameters,
        value: time.local.basic
      )
    }
  }
}
