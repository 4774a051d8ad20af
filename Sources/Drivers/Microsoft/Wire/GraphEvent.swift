import Foundation
import ICalendar
import JSONModel
import ProviderKit

/// An `event` of Graph, as it was told.
struct GraphEvent: Sendable {
  private(set) var json: JSON

  init(_ json: JSON) { self.json = json }

  /// Nil when these are not the octets of one.
  init?(source: [UInt8]) {
    guard let json = JSON(source), json["id"]?.string != nil else { return nil }
    self.json = json
  }

  var id: String { json["id"]?.string ?? "" }
  var etag: String? { json["@odata.etag"]?.string }
  var seriesID: String? { json["seriesMasterId"]?.string }
  var type: String { json["type"]?.string ?? "singleInstance" }
  var isAllDay: Bool { json["isAllDay"]?.bool ?? false }
  var isOrganizer: Bool { json["isOrganizer"]?.bool ?? true }
  var isCancelled: Bool { json["isCancelled"]?.bool ?? false }
  var attendees: [JSON] { json["attendees"]?.array ?? [] }
  var place: String { json["location"]?["displayName"]?.string ?? "" }
  var body: String { json["body"]?["content"]?.string ?? "" }
  /// Where its Teams meeting is joined.
  var joinURL: String? {
    json["onlineMeeting"]?["joinUrl"]?.string ?? json["onlineMeetingUrl"]?.string
  }
  var isOnlineMeeting: Bool { json["isOnlineMeeting"]?.bool ?? false }

  /// The UID of the meeting; that of an occurrence has its day inside ([MS-OXOCAL] §2.2.1.27), which guests never see.
  var iCalUID: String? {
    guard let uid = json["iCalUId"]?.string else { return nil }
    guard seriesID != nil, uid.utf8.count > 40, uid.uppercased().hasPrefix("040000008200E00074C5B7101A82E008")
    else { return uid }
    return uid.prefix(32) + "00000000" + uid.dropFirst(40)
  }

  subscript(property: EventProperty) -> String? {
    let value = (json["singleValueExtendedProperties"]?.array ?? [])
      .first { $0["id"]?.string == property.id }?["value"]?.string
    return value?.isEmpty == true ? nil : value
  }

  /// With properties that were written and are not in the answer to that.
  func keeping(_ properties: [EventProperty: String]) -> GraphEvent {
    guard !properties.isEmpty else { return self }
    var event = self
    var all = json["singleValueExtendedProperties"]?.array ?? []
    for (property, value) in properties {
      all.removeAll { $0["id"]?.string == property.id }
      all.append(["id": .string(property.id), "value": .string(value)])
    }
    event.json["singleValueExtendedProperties"] = .array(all)
    return event
  }

  /// All of ours.
  var properties: [EventProperty: String] {
    Dictionary(
      uniqueKeysWithValues: EventProperty.allCases.compactMap { property in
        self[property].map { (property, $0) }
      }
    )
  }

  /// An instant of Graph: a clock and its zone, which we always ask to be UTC.
  static func instant(_ json: JSON?) -> Date? {
    guard let text = json?["dateTime"]?.string, text.utf8.count >= 19, text.utf8.count <= 40,
      let local = LocalDateTime(String(text.prefix(19)))
    else { return nil }
    guard let zone = zone(named: json?["timeZone"]?.string ?? "UTC") else { return nil }
    return ZonedDateTime(local: local, zone: zone).instant
  }

  /// The zone that a name of Exchange stands for: Windows', one that it shows, or the IANA's; nil for one that only
  /// Exchange knows.
  static func zone(named name: String) -> Zone? { Zone(name) ?? Zone(otherName: name) }

  /// Reads an instant from a single text, such as `2027-01-28T09:00:00Z`.
  static func instant(text: String?) -> Date? {
    guard let text, text.utf8.count >= 19, text.utf8.count <= 40,
      let local = LocalDateTime(String(text.prefix(19)))
    else { return nil }
    return ZonedDateTime(local: local, zone: .utc).instant
  }
}
