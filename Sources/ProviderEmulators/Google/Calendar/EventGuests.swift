import Foundation
import JSONModel

/// The attendees of an event.
enum EventGuests {
  private static let limit = 200
  private static let responses: Set = ["needsAction", "declined", "tentative", "accepted"]
  private static let kept: Set = [
    "additionalGuests", "comment", "displayName", "email", "optional", "resource", "responseStatus",
  ]

  /// The list as stored: one entry per address, in the order given, every entry with a response.
  static func checked(_ json: JSON) throws(GoogleError) -> JSON {
    guard let list = json.array else { throw .invalid("Invalid value for: attendees") }
    guard list.count <= limit else {
      throw .invalid("The number of attendees exceeds the limit of \(limit).")
    }
    var seen: Set<String> = []
    var result: [JSON] = []
    for entry in list {
      guard let email = entry["email"]?.string, isAddress(email) else {
        throw .invalid("Invalid attendee email.")
      }
      guard seen.insert(email.lowercased()).inserted else { continue }
      var guest = JSON.object((entry.object ?? [:]).filter { kept.contains($0.key) && $0.value != .null })
      guest["email"] = .string(email.lowercased())
      let response = guest["responseStatus"] ?? "needsAction"
      guard let text = response.string, responses.contains(text) else {
        throw .invalid("Invalid attendee response status.")
      }
      guest["responseStatus"] = response
      for key in ["displayName", "comment"] {
        guard let value = guest[key] else { continue }
        guard let text = value.string, text.count <= 1024 else { throw .invalid("Invalid attendee \(key).") }
      }
      for key in ["optional", "resource"] {
        guard let value = guest[key] else { continue }
        guard value.bool != nil else { throw .invalid("Invalid attendee \(key).") }
      }
      result.append(guest)
    }
    return .array(result)
  }

  /// Whether a text can be a guest's address: one `@`, a host with a dot, nothing that breaks a header.
  static func isAddress(_ text: String) -> Bool {
    guard text.utf8.count <= 254, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return false }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.count <= 64 else { return false }
    guard !text.contains(where: { "<>()[],;:\\\"".contains($0) }) else { return false }
    guard !parts[0].hasPrefix("."), !parts[0].hasSuffix("."), !parts[0].contains("..") else { return false }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return labels.count >= 2
      && labels.allSatisfy { label in
        !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
          && label.utf8.allSatisfy { $0.isHostByte }
      }
  }

  static func addresses(_ guests: [JSON]) -> [String] {
    guests.compactMap { $0["email"]?.string }
  }
}

extension UInt8 {
  fileprivate var isHostByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
