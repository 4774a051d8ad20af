extension ZoneRules {
  /// Reads the rules of a VTIMEZONE (RFC 5545 §3.6.5); nil when there are none that can be read.
  ///
  /// Onsets are spelt out until the year 2100; from then on the last offset stays. Before the first of them, the
  /// offset that it comes from is in force.
  convenience init?(definition: Component) {
    var onsets: [Onset] = []
    for part in definition.components.prefix(Self.mostObservances) {
      guard let observance = Observance(part) else {
        // A zone that is known in part is not known: its times would be an hour off now and then.
        if part.name == "STANDARD" || part.name == "DAYLIGHT" { return nil }
        continue
      }
      onsets += observance.onsets
      guard onsets.count <= Self.mostOnsets else { return nil }
    }
    onsets.sort { ($0.second, $0.offset) < ($1.second, $1.offset) }
    guard let first = onsets.first else { return nil }
    let initial = Kind(offset: first.offsetBefore, isDaylight: false, abbreviation: "")
    var table: [ZoneTransition] = []
    var offset = first.offsetBefore
    for onset in onsets where onset.offset != offset {
      let transition = ZoneTransition(
        second: onset.second,
        offsetBefore: offset,
        offsetAfter: onset.offset,
        isDaylight: onset.isDaylight,
        abbreviation: onset.name
      )
      if table.last?.second == onset.second { table.removeLast() }
      table.append(transition)
      offset = onset.offset
    }
    self.init(initial: initial, table: table, rule: nil, definition: definition)
  }

  private static let mostObservances = 500
  private static let mostOnsets = 20_000

  private struct Onset {
    var second: Int
    var offsetBefore: Int
    var offset: Int
    var isDaylight: Bool
    var name: String
  }

  private struct Observance {
    let onsets: [Onset]

    init?(_ component: Component) {
      guard component.name == "STANDARD" || component.name == "DAYLIGHT",
        let before = component.property(.tzoffsetfrom).flatMap({ UTCOffset($0.value) })?.seconds,
        let after = component.property(.tzoffsetto).flatMap({ UTCOffset($0.value) })?.seconds,
        let start = component.property(.dtstart)?.localTime
      else { return nil }
      var times = [start]
      for line in component.properties(.rdate) {
        for text in line.value.split(separator: ",") {
          guard let time = ContentLine("RDATE", value: String(text.prefix { $0 != "/" })).localTime else {
            return nil
          }
          times.append(time)
        }
      }
      for line in component.properties(.rrule) {
        guard let rule = YearlyRule(line.value, start: start, offset: before) else { return nil }
        times += rule.times
      }
      let name = component.property(.tzname)?.text ?? ""
      onsets = Set(times).map { time in
        Onset(
          second: time.nominalSeconds - before,
          offsetBefore: before,
          offset: after,
          isDaylight: component.name == "DAYLIGHT",
          name: name
        )
      }
    }
  }

  /// The rules that VTIMEZONEs have: once a year, on a date or on a weekday near it.
  private struct YearlyRule {
    let times: [LocalDateTime]

    init?(_ text: String, start: LocalDateTime, offset: Int) {
      var parts: [String: String] = [:]
      for part in text.uppercased().split(separator: ";") {
        let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
        guard pair.count == 2, parts.updateValue(pair[1], forKey: pair[0]) == nil else { return nil }
      }
      let known: Set<String> = [
        "FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "COUNT", "INTERVAL", "WKST",
      ]
      guard parts["FREQ"] == "YEARLY", known.isSuperset(of: parts.keys) else { return nil }
      guard let month = parts["BYMONTH"].map({ Int($0) }) ?? start.date.month, (1...12).contains(month),
        let interval = parts["INTERVAL"].map({ Int($0) }) ?? 1, (1...400).contains(interval),
        let count = parts["COUNT"].map({ Int($0) }) ?? Int.max, count > 0
      else { return nil }
      var last = Int.max
      if let until = parts["UNTIL"] {
        switch ContentLine("UNTIL", value: until).timeValue {
        case .utc(let local): last = local.nominalSeconds + offset
        case .local(let local): last = local.nominalSeconds
        case .date(let date): last = date.dayNumber * 86_400 + 86_399
        case nil: return nil
        }
      }
      let days = parts["BYMONTHDAY"]?.split(separator: ",").map { Int($0) } ?? []
      guard days.allSatisfy({ $0 != nil && $0 != 0 && abs($0 ?? 0) <= 31 }), days.count <= 31 else {
        return nil
      }
      guard let pick = Pick(day: parts["BYDAY"], days: days.compactMap { $0 }, start: start.date) else {
        return nil
      }
      var times: [LocalDateTime] = []
      for year in stride(
        from: start.date.year,
        through: max(2100, min(start.date.year + 1, 9999)),
        by: interval
      ) {
        guard times.count < count else { break }
        guard let date = pick.date(in: month, of: year), date >= start.date,
          let time = LocalDateTime(date: date, hour: start.hour, minute: start.minute, second: start.second)
        else { continue }
        guard time.nominalSeconds <= last else { break }
        times.append(time)
      }
      self.times = times
    }
  }

  /// A day of a month, as a rule says it.
  private enum Pick {
    case day(Int)
    /// `week` from the month's start, or its end when negative.
    case weekday(Weekday, week: Int)
    /// The weekday that is one of these days.
    case weekdayAmong(Weekday, [Int])

    init?(day text: String?, days: [Int], start: CalendarDate) {
      guard let text else {
        guard days.count <= 1 else { return nil }
        self = .day(days.first ?? start.day)
        return
      }
      guard let weekday = Weekday(rawValue: String(text.suffix(2))) else { return nil }
      let number = text.dropLast(2)
      if number.isEmpty {
        guard !days.isEmpty else { return nil }
        self = .weekdayAmong(weekday, days)
      } else {
        guard days.isEmpty, let week = Int(number), week != 0, abs(week) <= 5 else { return nil }
        self = .weekday(weekday, week: week)
      }
    }

    /// By arithmetic, since a hostile file has no end of zones that begin in 1601.
    func date(in month: Int, of year: Int) -> CalendarDate? {
      let length = CalendarDate.days(inMonth: month, of: year)
      guard let first = CalendarDate(year: year, month: month, day: 1) else { return nil }
      let day: Int?
      switch self {
      case .day(let number): day = number < 0 ? length + 1 + number : number
      case .weekdayAmong(let weekday, let days):
        let ahead = (weekday.number - first.weekday.number + 7) % 7
        day = days.map { $0 < 0 ? length + 1 + $0 : $0 }.filter { $0 > 0 && ($0 - 1) % 7 == ahead }.min()
      case .weekday(let weekday, let week):
        let ahead = (weekday.number - first.weekday.number + 7) % 7 + 1
        day = week > 0 ? ahead + 7 * (week - 1) : ahead + (length - ahead) / 7 * 7 + 7 * (week + 1)
      }
      return day.flatMap { $0 > length ? nil : CalendarDate(year: year, month: month, day: $0) }
    }
  }
}

extension ContentLine {
  /// The wall-clock time of an onset; some write it as UTC.
  fileprivate var localTime: LocalDateTime? {
    switch timeValue {
    case .utc(let local), .local(let local): local
    case .date(let date): LocalDateTime(startOf: date)
    case nil: nil
    }
  }
}
