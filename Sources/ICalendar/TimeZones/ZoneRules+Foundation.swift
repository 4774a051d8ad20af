import Foundation

extension ZoneRules {
  /// Rules read off Foundation's own zone, for machines without tzdata.
  ///
  /// Foundation names only daylight-saving changes, not others, so offsets are sampled from 1900 to 2100.
  convenience init?(foundationZone identifier: String) {
    guard let zone = TimeZone(identifier: identifier) else { return nil }
    func offset(_ second: Int) -> Int {
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(second)))
    }
    // The shortest stretch between two changes is Morocco's Ramadan, some thirty days.
    let (start, end, step) = (-2_208_988_800, 4_102_444_800, 7 * 86_400)
    let initial = Kind(offset: offset(start), isDaylight: false, abbreviation: "")
    var table: [ZoneTransition] = []
    var before = initial.offset
    for low in stride(from: start, to: end, by: step) {
      let after = offset(low + step)
      guard after != before else { continue }
      var (old, new) = (low, low + step)
      while new - old > 1 {
        let middle = old + (new - old) / 2
        if offset(middle) == before { old = middle } else { new = middle }
      }
      func isDaylight(_ second: Int) -> Bool {
        zone.isDaylightSavingTime(for: Date(timeIntervalSince1970: TimeInterval(second)))
      }
      table.append(
        ZoneTransition(
          second: new,
          offsetBefore: before,
          offsetAfter: after,
          isDaylight: isDaylight(new) != isDaylight(old) ? after > before : isDaylight(new),
          abbreviation: ""
        )
      )
      before = after
    }
    self.init(identifier: identifier, initial: initial, table: table, rule: nil)
  }
}
