import Foundation
import ICalendar

/// The bodies of our REPORT requests.
enum Report {
  /// The changes since a token; an empty one asks for all (RFC 6578 §3.2).
  static func changes(since token: String?) -> [UInt8] {
    document(
      "D:sync-collection",
      "<D:sync-token>\(escaped(token ?? ""))</D:sync-token><D:sync-level>1</D:sync-level>"
        + "<D:prop><D:getetag/></D:prop>"
    )
  }

  /// These resources with what is in them (RFC 4791 §7.9).
  static func resources(_ hrefs: [String]) -> [UInt8] {
    document(
      "C:calendar-multiget",
      "<D:prop><D:getetag/><C:calendar-data/></D:prop>"
        + hrefs.map { "<D:href>\(escaped($0))</D:href>" }.joined()
    )
  }

  /// The events that take place between two instants (RFC 4791 §7.8, §9.9).
  static func events(from start: Date, to end: Date) -> [UInt8] {
    document(
      "C:calendar-query",
      """
      <D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR">\
      <C:comp-filter name="VEVENT"><C:time-range start="\(utc(start))" end="\(utc(end))"/></C:comp-filter>\
      </C:comp-filter></C:filter>
      """
    )
  }

  private static func document(_ name: String, _ content: String) -> [UInt8] {
    Array(
      """
      <?xml version="1.0" encoding="utf-8"?>
      <\(name) xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">\(content)</\(name)>
      """.utf8
    )
  }

  private static func utc(_ instant: Date) -> String {
    "\(ZonedDateTime(instant: instant, zone: .utc).local)".filter { $0 != "-" && $0 != ":" }.prefix(15) + "Z"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
