/// The names of the properties that the standards define.
///
/// Any other property is read and written as well; it just has no name here.
public enum PropertyName: String, Sendable, Hashable, CaseIterable, BitwiseCopyable {
  // The ends of components, which are no properties, but look the same (RFC 5545 §3.4).
  case begin = "BEGIN"
  case end = "END"

  // RFC 5545 §3.7
  case calscale = "CALSCALE"
  case method = "METHOD"
  case prodid = "PRODID"
  case version = "VERSION"

  // RFC 5545 §3.8.1
  case attach = "ATTACH"
  case categories = "CATEGORIES"
  case classification = "CLASS"
  case comment = "COMMENT"
  case description = "DESCRIPTION"
  case geo = "GEO"
  case location = "LOCATION"
  case percentComplete = "PERCENT-COMPLETE"
  case priority = "PRIORITY"
  case resources = "RESOURCES"
  case status = "STATUS"
  case summary = "SUMMARY"

  // RFC 5545 §3.8.2
  case completed = "COMPLETED"
  case dtend = "DTEND"
  case due = "DUE"
  case dtstart = "DTSTART"
  case duration = "DURATION"
  case freebusy = "FREEBUSY"
  case transp = "TRANSP"

  // RFC 5545 §3.8.3, RFC 7808 §7
  case tzid = "TZID"
  case tzname = "TZNAME"
  case tzoffsetfrom = "TZOFFSETFROM"
  case tzoffsetto = "TZOFFSETTO"
  case tzurl = "TZURL"
  case tzuntil = "TZUNTIL"
  case tzidAliasOf = "TZID-ALIAS-OF"

  // RFC 5545 §3.8.4
  case attendee = "ATTENDEE"
  case contact = "CONTACT"
  case organizer = "ORGANIZER"
  case recurrenceID = "RECURRENCE-ID"
  case relatedTo = "RELATED-TO"
  case url = "URL"
  case uid = "UID"

  // RFC 5545 §3.8.5; EXRULE is of RFC 2445 §4.8.5.2
  case exdate = "EXDATE"
  case exrule = "EXRULE"
  case rdate = "RDATE"
  case rrule = "RRULE"

  // RFC 5545 §3.8.6
  case action = "ACTION"
  case `repeat` = "REPEAT"
  case trigger = "TRIGGER"

  // RFC 5545 §3.8.7, §3.8.8
  case created = "CREATED"
  case dtstamp = "DTSTAMP"
  case lastModified = "LAST-MODIFIED"
  case sequence = "SEQUENCE"
  case requestStatus = "REQUEST-STATUS"

  // RFC 7986 §5
  case name = "NAME"
  case refreshInterval = "REFRESH-INTERVAL"
  case source = "SOURCE"
  case color = "COLOR"
  case image = "IMAGE"
  case conference = "CONFERENCE"

  // RFC 7953 §3.2, RFC 9073 §6, RFC 9074, RFC 9253 §6
  case busytype = "BUSYTYPE"
  case locationType = "LOCATION-TYPE"
  case participantType = "PARTICIPANT-TYPE"
  case resourceType = "RESOURCE-TYPE"
  case calendarAddress = "CALENDAR-ADDRESS"
  case styledDescription = "STYLED-DESCRIPTION"
  case structuredData = "STRUCTURED-DATA"
  case acknowledged = "ACKNOWLEDGED"
  case proximity = "PROXIMITY"
  case concept = "CONCEPT"
  case link = "LINK"
  case refid = "REFID"

  // No standard, but everyone's way to say what times without a zone mean, and what a calendar is called.
  case xWRTimezone = "X-WR-TIMEZONE"
  case xWRCalname = "X-WR-CALNAME"
}

extension PropertyName {
  /// Finds the name in octets; letter case does not count.
  init?(_ octets: Span<UInt8>, _ range: Range<Int>) {
    var slot = Self.firstSlot(range.count)
    for position in range { slot = Self.next(slot, octets[position]) }
    slot &= Self.slots.count - 1
    while true {
      let candidate = Self.slots[slot]
      guard candidate >= 0 else { return nil }
      if Self.isName(candidate, octets, range) {
        self = Self.ordered[candidate]
        return
      }
      slot = (slot + 1) & (Self.slots.count - 1)
    }
  }

  /// Compares with a row of `octets`.
  private static func isName(_ row: Int, _ octets: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count < width else { return false }
    var column = row * width
    for position in range {
      guard names[column] == octets[position].uppercasedASCII else { return false }
      column += 1
    }
    return names[column] == 0
  }

  /// The names, one a row, with zeros behind them.
  private static let names: [UInt8] = allCases.flatMap { name in
    Array(name.rawValue.utf8) + [UInt8](repeating: 0, count: width - name.rawValue.utf8.count)
  }
  private static let width = 24
  private static let ordered = Array(allCases)

  /// A table of hashes: every line of a file asks for its name.
  private static let slots: [Int] = {
    var slots = [Int](repeating: -1, count: 512)
    for (index, name) in allCases.enumerated() {
      var slot = firstSlot(name.rawValue.utf8.count)
      for octet in name.rawValue.utf8 { slot = next(slot, octet) }
      slot &= slots.count - 1
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = index
    }
    return slots
  }()

  private static func firstSlot(_ length: Int) -> Int { length }

  private static func next(_ slot: Int, _ octet: UInt8) -> Int { slot &* 31 &+ Int(octet & 0xDF) }
}
