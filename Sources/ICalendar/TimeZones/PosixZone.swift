/// A zone as in the last line of a TZif file: "CET-1CEST,M3.5.0,M10.5.0/3" (POSIX TZ, RFC 8536 §3.3.1).
struct PosixZone {
  let standard: ZoneRules.Kind
  let rule: DaylightRule?

  init?(_ text: String) {
    var reader = DigitReader(text)
    guard text.utf8.count <= 128, let name = reader.zoneName(), let west = reader.clockTime() else {
      return nil
    }
    standard = ZoneRules.Kind(offset: -west, isDaylight: false, abbreviation: name)
    if reader.isAtEnd {
      rule = nil
      return
    }
    guard let summerName = reader.zoneName() else { return nil }
    let summerOffset: Int
    if reader.next == "," {
      summerOffset = standard.offset + 3600
    } else {
      guard let west = reader.clockTime() else { return nil }
      summerOffset = -west
    }
    guard reader.skip(","), let toDaylight = reader.change(), reader.skip(","),
      let toStandard = reader.change(), reader.isAtEnd
    else { return nil }
    rule = DaylightRule(
      standard: standard,
      daylight: ZoneRules.Kind(offset: summerOffset, isDaylight: true, abbreviation: summerName),
      toDaylight: toDaylight,
      toStandard: toStandard
    )
  }
}

extension DigitReader {
  /// "CET", or "<+0330>" where the name is not of letters only.
  fileprivate mutating func zoneName() -> String? {
    var name = ""
    if skip("<") {
      while let character = next, character != ">", name.utf8.count < 16 {
        name.append(character)
        step()
      }
      return skip(">") && !name.isEmpty ? name : nil
    }
    while let character = next, character.isASCII, character.isLetter, name.utf8.count < 16 {
      name.append(character)
      step()
    }
    return name.isEmpty ? nil : name
  }

  /// "-1", "3:30" or "50" as seconds.
  fileprivate mutating func clockTime() -> Int? {
    let isNegative = skip("-")
    if !isNegative { _ = skip("+") }
    guard let hours = number(upTo: 3) else { return nil }
    var seconds = hours * 3600
    if skip(":") {
      guard let minutes = number(2) else { return nil }
      seconds += minutes * 60
      if skip(":") {
        guard let more = number(2) else { return nil }
        seconds += more
      }
    }
    return isNegative ? -seconds : seconds
  }

  /// "M3.5.0/3", "J79/0" or "78".
  fileprivate mutating func change() -> DaylightRule.Change? {
    let day: DaylightRule.Day
    if skip("M") {
      guard let month = number(upTo: 2), (1...12).contains(month), skip("."), let week = number(upTo: 1),
        (1...5).contains(week), skip("."), let weekday = number(upTo: 1), weekday <= 6
      else { return nil }
      day = .weekday(Weekday.allCases[weekday], week: week, month: month)
    } else if skip("J") {
      guard let number = number(upTo: 3), (1...365).contains(number) else { return nil }
      day = .dayWithoutLeap(number)
    } else {
      guard let number = number(upTo: 3), number <= 365 else { return nil }
      day = .dayOfYear(number)
    }
    guard skip("/") else { return DaylightRule.Change(day: day, time: 2 * 3600) }
    return clockTime().map { DaylightRule.Change(day: day, time: $0) }
  }
}
