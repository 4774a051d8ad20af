import Foundation
import ICalendar
import JSONModel

/// The start or the end of an event as a wall clock in a zone.
struct MeetingTime: Equatable, Sendable {
  var local: LocalDateTime
  var zone: OutlookZone

  init(local: LocalDateTime, zone: OutlookZone) {
    self.local = local
    self.zone = zone
  }

  /// Reads a `dateTimeTimeZone` of a request.
  init(_ json: JSON) throws(MicrosoftError) {
    guard json.object != nil else { throw .validation }
    guard let name = json["timeZone"]?.string, let zone = OutlookZone(asked: name) else {
      throw .unsupportedZone(json["timeZone"]?.string ?? "")
    }
    guard let text = json["dateTime"]?.string, let local = Self.wallClock(text) else { throw .validation }
    self.init(local: local, zone: zone)
  }

  /// Reads the form that `stored` writes.
  init?(stored json: JSON?) {
    guard let name = json?["timeZone"]?.string, let zone = OutlookZone(name),
      let text = json?["dateTime"]?.string, let local = LocalDateTime(text)
    else { return nil }
    self.init(local: local, zone: zone)
  }

  /// The time as stored: the wall clock as the client wrote it, and the zone's IANA name.
  var stored: JSON {
    ["dateTime": .string(local.description), "timeZone": .string(zone.identifier)]
  }

  var instant: Date { ZonedDateTime(local: local, zone: zone.rules).instant }

  var isMidnight: Bool { local == LocalDateTime(startOf: local.date) }

  /// The wall clock of this instant in another zone.
  func on(_ zone: OutlookZone) -> LocalDateTime {
    zone == self.zone ? local : ZonedDateTime(instant: instant, zone: zone.rules).local
  }

  func rendered(_ local: LocalDateTime, zoneName: String) -> JSON {
    ["dateTime": .string("\(local).0000000"), "timeZone": .string(zoneName)]
  }

  /// The wall clock of an ISO 8601 text; its offset is ignored, as by the service.
  static func wallClock(_ text: String) -> LocalDateTime? {
    let day = String(text.prefix(10))
    let rest = text.dropFirst(10)
    guard !rest.isEmpty else { return LocalDateTime("\(day)T00:00:00") }
    guard rest.first == "T", text.utf8.count <= 40 else { return nil }
    let clock = rest.dropFirst().prefix { !"Z+-".contains($0) }
    guard isOffset(rest.dropFirst(1 + clock.count)) else { return nil }
    let parts = clock.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 {
      guard (1...9).contains(parts[1].count), parts[1].allSatisfy(\.isASCIIDigit) else { return nil }
    }
    guard let time = parts.first else { return nil }
    return LocalDateTime("\(day)T\(time)\(time.count == 5 ? ":00" : "")")
  }

  private static func isOffset(_ text: Substring) -> Bool {
    if text.isEmpty || text == "Z" { return true }
    let digits = text.dropFirst().filter { $0 != ":" }
    return digits.count == 4 && digits.allSatisfy(\.isASCIIDigit)
  }

  /// The instant of a query parameter, which is in UTC unless it has an offset.
  static func instant(_ text: String) -> Date? {
    // A plus sign that was not encoded arrives as a space.
    let text = text.replacing(" ", with: "+")
    guard let stamp = Timestamp(text.utf8.count == 10 ? text + "T00:00:00" : text) else { return nil }
    return stamp.instant(in: .gmt)
  }
}

extension LocalDateTime {
  /// The seconds between 1970 and the wall clock, as if clocks never changed.
  var wallSeconds: Int { date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
