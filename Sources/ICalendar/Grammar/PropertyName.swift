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
  /// Finds the name in octets, which must be such as names have; letter case does not count.
  init?(_ octets: Span<UInt8>, _ range: Range<Int>) {
    guard range.count <= FoldedName.longest else { return nil }
    let name = FoldedName(octets, range)
    var slot = name.firstSlot
    while let known = Self.slots[slot].known {
      if Self.slots[slot].name == name {
        self = known
        return
      }
      slot = (slot + 1) & (FoldedName.slotCount - 1)
    }
    return nil
  }

  /// A table of hashes: every line of a file asks for its name.
  private static let slots: [(name: FoldedName, known: PropertyName?)] = {
    var slots = [(name: FoldedName, known: PropertyName?)](
      repeating: (FoldedName(), nil),
      count: FoldedName.slotCount
    )
    for known in allCases {
      let octets = Array(known.rawValue.utf8)
      let name = FoldedName(octets.span, 0..<octets.count)
      var slot = name.firstSlot
      while slots[slot].known != nil { slot = (slot + 1) & (FoldedName.slotCount - 1) }
      slots[slot] = (name, known)
    }
    return slots
  }()
}

/// A name in three words, letter case aside, so that it is compared in a few steps.
private struct FoldedName: Equatable {
  static let longest = 24
  /// A power of two, and several times as many as there are names.
  static let slotCount = 512

  private var first: UInt64 = 0
  private var second: UInt64 = 0
  private var third: UInt64 = 0

  init() {}

  @inline(__always)
  init(_ octets: Span<UInt8>, _ range: Range<Int>) {
    first = octets.foldedWord(range)
    if range.count > 8 { second = octets.foldedWord(range.lowerBound + 8..<range.upperBound) }
    if range.count > 16 { third = octets.foldedWord(range.lowerBound + 16..<range.upperBound) }
  }

  var firstSlot: Int {
    let mixed = (first &+ second &* 31 &+ third &* 961) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 40) & (Self.slotCount - 1)
  }
}

extension Span<UInt8> {
  /// The first eight octets of the range with the bit of lower case cleared, and zeros behind the last.
  ///
  /// No two characters that a name can have become the same, save the two cases of a letter.
  @inline(__always)
  fileprivate func foldedWord(_ range: Range<Int>) -> UInt64 {
    let fold: UInt64 = 0xDFDF_DFDF_DFDF_DFDF
    if range.lowerBound + 8 <= count {
      let word = UInt64(
        littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self)
      )
      return (range.count < 8 ? word & ((1 << UInt64(8 * range.count)) - 1) : word) & fold
    }
    var word: UInt64 = 0
    for position in range.reversed() { word = word << 8 | UInt64(self[position]) }
    return word & fold
  }
}
