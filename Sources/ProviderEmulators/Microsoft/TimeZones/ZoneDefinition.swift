import Foundation
import ICalendar
import JSONModel

/// The rules of a zone as Exchange stores them with an event ([MS-OXOCAL] §2.2.1.41), for clients that request these
/// properties.
enum ZoneDefinition {
  private static let set = "Binary {00062002-0000-0000-c000-000000000046} Id "

  /// The requested properties of an event: the zone of its start, and for a series also the zone by which it repeats.
  static func shown(_ names: Set<String>, of meeting: StoredMeeting) -> [JSON] {
    guard meeting.customZone?.hasDefinition != false, let start = meeting.start else { return [] }
    let octets = octets(of: start, named: meeting.customZone?.name ?? start.zone.windowsName)
    let ids = [set + "0x825e"] + (meeting.isSeries ? [set + "0x8260"] : [])
    let asked = Set(names.map { $0.lowercased() })
    return ids.filter { asked.contains($0.lowercased()) }.map { id in
      ["id": .string(id), "value": .string(Data(octets).base64EncodedString())]
    }
  }

  private static func octets(of start: MeetingTime, named name: String) -> [UInt8] {
    let units: [UInt8] = name.utf16.flatMap { short(Int($0)) }
    let parts: [[UInt8]] = [
      [2, 1], short(6 + units.count), short(2), short(units.count / 2), units, short(1),
      rule(of: start),
    ]
    return Array(parts.joined())
  }

  /// The rule in force in the event's year, as if it had always been.
  private static func rule(of start: MeetingTime) -> [UInt8] {
    let year = start.local.date.year
    let zone = start.zone.rules
    let changes = zone.transitions(from: newYear(year), to: newYear(year + 1))
    let standard =
      changes.map { min($0.offsetBefore, $0.offsetAfter) }.min() ?? zone.offset(at: start.instant)
    let daylight = changes.map { max($0.offsetBefore, $0.offsetAfter) }.max() ?? standard
    let (back, ahead) = (changes.first { !$0.isDaylight }, changes.first { $0.isDaylight })
    let parts: [[UInt8]] = [
      [2, 1], short(0x3E), short(2), short(0), Array(repeating: 0, count: 14), long(-standard / 60), long(0),
      long((standard - daylight) / 60), date(back), date(ahead),
    ]
    return Array(parts.joined())
  }

  private static func newYear(_ year: Int) -> Date {
    CalendarDate(year: year, month: 1, day: 1)
      .map { ZonedDateTime(local: LocalDateTime(startOf: $0), zone: .utc).instant } ?? .distantPast
  }

  /// A SYSTEMTIME: the weekday and month of a transition, by the clock before it.
  private static func date(_ change: ZoneTransition?) -> [UInt8] {
    guard let change else { return Array(repeating: 0, count: 16) }
    let clock = ZonedDateTime(instant: change.at.addingTimeInterval(Double(change.offsetBefore)), zone: .utc)
      .local
    let isLast = clock.date.adding(days: 7).month != clock.date.month
    let week = isLast ? 5 : (clock.date.day + 6) / 7
    let parts = [0, clock.date.month, clock.date.weekdayNumber, week, clock.hour, clock.minute, 0, 0]
    return parts.flatMap(short)
  }

  private static func short(_ number: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
  }

  private static func long(_ number: Int) -> [UInt8] { short(number) + short(number >> 16) }
}
