import Foundation
import JSONModel

/// The start or the end of an event: a date, or an instant with the zone it was meant in.
enum EventTime: Equatable {
  case date(Date)
  case instant(Date, zone: String?)

  /// Reads the `{date}` or `{dateTime, timeZone}` object of a request or of a stored event.
  init(_ json: JSON, name: String) throws(GoogleError) {
    guard case .object(let members) = json else { throw .invalid("Invalid \(name) time.") }
    let zone = try Self.zone(members["timeZone"], name: name)
    switch (members["date"], members["dateTime"]) {
    case (.some(let date), nil):
      guard let text = date.string, let day = Timestamp.date(text) else {
        throw .invalid("Invalid \(name) time.")
      }
      self = .date(day)
    case (nil, .some(let dateTime)):
      guard let text = dateTime.string, let stamp = Timestamp(text) else {
        throw .invalid("Invalid \(name) time.")
      }
      if stamp.offset == nil, zone == nil {
        throw .required("Missing time zone definition for \(name) time.")
      }
      self = .instant(stamp.instant(in: zone ?? .gmt), zone: zone?.identifier)
    case (nil, nil):
      throw .required("Missing \(name) time.")
    case (.some, .some):
      throw .invalid("Invalid \(name) time: date and dateTime exclude each other.")
    }
  }

  /// The IANA zone of that name.
  static func zone(named name: String) -> TimeZone? {
    // Foundation also takes abbreviations and "GMT+1"; Google takes IANA names only.
    let isName = name.contains("/") || ["UTC", "GMT"].contains(name)
    let isSafe = name.utf8.count <= 64 && !name.contains("..") && !name.hasPrefix("/")
    return isName && isSafe ? TimeZone(identifier: name) : nil
  }

  private static func zone(_ json: JSON?, name: String) throws(GoogleError) -> TimeZone? {
    guard let json else { return nil }
    guard let text = json.string, let zone = zone(named: text) else {
      throw .invalid("Invalid time zone definition for \(name) time.")
    }
    return zone
  }

  var isDate: Bool { if case .date = self { true } else { false } }

  /// The instant, or the first instant of the date in `zone`.
  func instant(in zone: TimeZone) -> Date {
    switch self {
    case .instant(let instant, _): instant
    case .date(let day): day.addingTimeInterval(-Double(zone.secondsFromGMT(for: day)))
    }
  }

  /// The time as stored: instants in UTC, so that they compare and survive a change of the calendar's zone.
  var stored: JSON { rendered(in: .gmt) }

  /// The time as returned: Google writes instants in the calendar's or the request's zone, not in the event's.
  func rendered(in zone: TimeZone) -> JSON {
    switch self {
    case .date(let day):
      return ["date": .string(String(Timestamp.text(day, in: .gmt).prefix(10)))]
    case .instant(let instant, let ownZone):
      var json: JSON = ["dateTime": .string(Timestamp.text(instant, in: zone))]
      json["timeZone"] = ownZone.map { .string($0) }
      return json
    }
  }
}
