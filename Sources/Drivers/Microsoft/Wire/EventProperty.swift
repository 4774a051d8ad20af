/// The data that this program stores in extended properties of an event: nobody sees them, and a change of something
/// else leaves them as they are.
enum EventProperty: String, Sendable, CaseIterable {
  /// Our id of the event.
  case mark = "phosEventId"
  /// The IANA zone that was meant: Exchange keeps Windows' name, which stands for several.
  case zone = "phosTimeZone"
  /// The rules as they were given; Graph's pattern says the same in other words.
  case recurrence = "phosRecurrence"
  /// The link of another service that is in the text.
  case link = "phosConferenceLink"

  /// Of our set, whose GUID was drawn once and for all.
  var id: String { "String {6f2b0c1e-2f0b-4f6e-9a57-0c3f7d9f5a41} Name \(rawValue)" }

  /// For `$expand`.
  static let expansion: String = {
    let ids = allCases.map { "id eq '\($0.id)'" }.joined(separator: " or ")
    return "singleValueExtendedProperties($filter=\(ids))"
  }()
}
