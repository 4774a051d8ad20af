// Expands each rule of a file over ten years in a zone, over and over, and prints "rule, instances, checksum,
// expansions/s" with tabs between. The checksum is the sum of all instants, so that the drivers can be seen to give the
// same.
import Foundation
import ICalendar

@main struct Expand {
  static func main() throws {
    let lines = try String(contentsOfFile: CommandLine.arguments[1], encoding: .utf8).split(separator: "\n")
    let seconds = Double(CommandLine.arguments[2]) ?? 1
    guard let zone = Zone("Europe/Berlin"), let date = CalendarDate(year: 2036, month: 1, day: 5)
    else { return }
    let end = ZonedDateTime(local: LocalDateTime(startOf: date), zone: zone).instant.timeIntervalSince1970
    let clock = ContinuousClock()
    for line in lines {
      let parts = line.split(separator: " ")
      guard let day = Int(parts[0].prefix(8)), let rule = parts.last,
        let date = CalendarDate(year: day / 10_000, month: day / 100 % 100, day: day % 100),
        let local = LocalDateTime(date: date, hour: 9, minute: 0)
      else { return }
      let start = ZonedDateTime(local: local, zone: zone)
      var (count, sum, runs) = (0, 0, 0)
      let began = clock.now
      var elapsed = 0.0
      while elapsed < seconds {
        for _ in 0..<16 {
          count = 0
          sum = 0
          // The text is read each time, as the other drivers do.
          let set = RecurrenceSet(start: .zoned(start), rules: [try RecurrenceRule(String(rule))])
          for occurrence in set {
            let instant = occurrence.instant.timeIntervalSince1970
            guard instant < end else { break }
            count += 1
            sum &+= Int(instant)
          }
          runs += 1
        }
        elapsed = (clock.now - began) / .seconds(1)
      }
      print("\(rule)\t\(count)\t\(sum)\t\(Double(runs) / elapsed)")
    }
  }
}
