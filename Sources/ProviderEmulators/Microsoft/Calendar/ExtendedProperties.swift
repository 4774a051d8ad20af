import Foundation
import JSONModel

/// Properties that applications store with an event (`singleValueExtendedProperties`): texts with a name in a set that
/// a GUID identifies.
///
/// They are returned only to clients that request them.
enum ExtendedProperties {
  private nonisolated(unsafe) static let id =
    /String \{[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\} Name [A-Za-z0-9_.-]{1,120}/

  /// The list as stored: a written property replaces the one with the same id, and the others stay.
  static func checked(_ json: JSON, over old: StoredMeeting?) throws(MicrosoftError) -> JSON {
    guard let list = json.array else {
      throw EventProperties.mistyped(
        "singleValueExtendedProperties",
        "Collection(microsoft.graph.singleValueLegacyExtendedProperty)"
      )
    }
    var kept = old?.fields["singleValueExtendedProperties"]?.array ?? []
    for entry in list {
      guard let name = entry["id"]?.string, name.wholeMatch(of: id) != nil else {
        throw .notEmulated("extended properties other than named texts")
      }
      guard let value = entry["value"]?.string else { throw EventProperties.mistyped("value", "Edm.String") }
      kept.removeAll { $0["id"]?.string == name }
      kept.append(["id": .string(name), "value": .string(value)])
    }
    return .array(kept)
  }

  /// The properties that a client requests with `$expand`; nil without it.
  static func asked(_ expand: String?) throws(MicrosoftError) -> Set<String>? {
    guard let expand else { return nil }
    guard let filter = expand.wholeMatch(of: /singleValueExtendedProperties\(\$filter=(.*)\)/) else {
      throw .notEmulated("this $expand")
    }
    var names: Set<String> = []
    for part in filter.1.components(separatedBy: " or ") {
      guard let name = part.wholeMatch(of: /id eq '([^']*)'/) else {
        throw .badRequest("Invalid filter clause.")
      }
      names.insert(String(name.1))
    }
    return names
  }

  static func value(_ name: String, of meeting: StoredMeeting) -> String? {
    meeting.fields["singleValueExtendedProperties"]?.array?.first { $0["id"]?.string == name }?["value"]?
      .string
  }

  static func shown(_ names: Set<String>, of meeting: StoredMeeting) -> [JSON] {
    (meeting.fields["singleValueExtendedProperties"]?.array ?? [])
      .filter { $0["id"]?.string.map(names.contains) ?? false }
  }
}
