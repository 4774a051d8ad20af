import FuzzSupport

/// The parts of messages as honest and hostile programs send them.
extension ChoiceSource {
  private static let people = ["ann", "bob", "eve", "dan", "BOB"].map { "\($0)@phos.example" }

  mutating func method() -> String {
    one(of: [
      "REQUEST", "REPLY", "CANCEL", "REQUEST", "REPLY", "CANCEL", "ADD", "COUNTER", "REFRESH",
      "DECLINECOUNTER",
      "PUBLISH", "reply", "NOBODYS",
    ])
  }

  /// A VCALENDAR with a method and up to four VEVENTs.
  mutating func message(_ method: String) -> String {
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Phos//Fuzz//EN", "METHOD:\(method)"]
    if rarely(in: 12) { lines.append("X-WR-TIMEZONE:Europe/Berlin") }
    if rarely(in: 6) { lines += zone() }
    for _ in 0..<one(of: [1, 1, 2, 3, 4, 0]) { lines += event(method) }
    return lines.joined(separator: "\n") + "\nEND:VCALENDAR\n"
  }

  private mutating func zone() -> [String] {
    let offset = one(of: ["+0100", "-0500", "+0000", "x"])
    return [
      "BEGIN:VTIMEZONE", "TZID:Own", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:\(offset)",
      "TZOFFSETTO:\(offset)", "END:STANDARD", "END:VTIMEZONE",
    ]
  }

  private mutating func event(_ method: String) -> [String] {
    var lines = [
      "BEGIN:VEVENT", "UID:\(one(of: ["meeting@phos.example", "meeting@phos.example", "other", ""]))",
    ]
    if number(below: 4) < 3 { lines[1] = "UID:meeting@phos.example" }
    lines.append("DTSTAMP:\(time(of: 8))Z")
    lines.append(
      "SEQUENCE:\(one(of: ["0", "1", "2", "3", "-1", "9223372036854775807", "99999999999999999999", "x"]))"
    )
    if number(below: 2) == 1 { lines.append("RECURRENCE-ID\(recurrenceID())") }
    if method != "CANCEL" || rarely(in: 2) {
      lines.append("DTSTART\(start())")
      if rarely(in: 3) {
        lines.append(one(of: ["DURATION:PT1H", "DTEND:\(time(of: 24))Z", "DURATION:-PT1H"]))
      }
    }
    if rarely(in: 3) { lines.append("RRULE:\(rule())") }
    if rarely(in: 6) { lines.append("\(one(of: ["EXDATE", "RDATE"]))\(start())") }
    lines.append(
      "ORGANIZER:mailto:\(one(of: ["ann@phos.example", "ann@phos.example", "eve@phos.example", "bob@phos.example", ""]))"
    )
    for _ in 0..<one(of: [1, 2, 0, 3]) { lines.append(attendee()) }
    if method == "CANCEL", number(below: 3) < 2 || rarely(in: 16) { lines.append("STATUS:CANCELLED") }
    if rarely(in: 8) {
      lines.append(
        one(of: [
          "COMMENT:A word\\, or two", "TRANSP:TRANSPARENT", "BEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM",
          "STATUS:CANCELLED",
          "STATUS:CONFIRMED", "RECURRENCE-ID:1", "DTSTART:0", "RRULE:FREQ=NEVER", "LOCATION:Room",
          "SUMMARY:Talk",
        ])
      )
    }
    return lines + ["END:VEVENT"]
  }

  /// A time of ten days, without a zone.
  private mutating func time(of hours: Int) -> String {
    let day = number(below: 10) + 1
    let hour = number(below: hours)
    return "202603\(day < 10 ? "0" : "")\(day)T\(hour < 10 ? "0" : "")\(hour)0000"
  }

  private mutating func start() -> String {
    switch number(below: 12) {
    case 11: ":99991231T235959Z"
    case 10: ":00010101T000000"
    case 9: ";TZID=Own:\(time(of: 4))"
    case 8: ";VALUE=DATE:202603\(10 + number(below: 10))"
    case 7: ":\(time(of: 4))"
    case 4, 5, 6: ";TZID=America/New_York:\(time(of: 4))"
    default: ":\(time(of: 4))Z"
    }
  }

  private mutating func recurrenceID() -> String {
    (rarely(in: 5) ? ";RANGE=THISANDFUTURE" : "") + start()
  }

  private mutating func rule() -> String {
    one(of: [
      "FREQ=DAILY", "FREQ=DAILY;COUNT=5", "FREQ=WEEKLY;COUNT=200", "FREQ=HOURLY", "FREQ=SECONDLY",
      "FREQ=DAILY;UNTIL=20260306",
      "FREQ=DAILY;UNTIL=20260306T030000Z", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
      "FREQ=DAILY;INTERVAL=99999999",
      "FREQ=MONTHLY;BYDAY=5MO;COUNT=3", "RSCALE=CHINESE;FREQ=YEARLY", "FREQ=MINUTELY;COUNT=99999999",
    ])
  }

  private mutating func attendee() -> String {
    let person = one(of: Self.people)
    let status = one(of: ["ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED", "NEEDS-ACTION", "X-OTHER", ""])
    let more: String =
      switch number(below: 8) {
      case 7: ";DELEGATED-TO=\"mailto:\(one(of: Self.people))\",\"mailto:\(one(of: Self.people))\""
      case 6: ";DELEGATED-FROM=\"mailto:\(one(of: Self.people))\""
      case 5: ";DELEGATED-TO=\"mailto:\(one(of: Self.people))\""
      case 4: ";SENT-BY=\"mailto:\(one(of: Self.people))\""
      case 3: ";EMAIL=\(one(of: Self.people))"
      default: ""
      }
    let address =
      number(below: 10) == 9
      ? one(of: ["/principals/bob/", "", "urn:uuid:1", "mailto:"]) : "mailto:\(person)"
    return "ATTENDEE;PARTSTAT=\(status)\(more):\(address)"
  }
}
