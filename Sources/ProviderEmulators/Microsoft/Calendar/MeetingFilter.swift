import Foundation
import JSONModel

/// The emulated part of `$filter`: comparisons of some properties, joined by `and`.
struct MeetingFilter {
  private struct Comparison {
    var property: String
    var operation: String
    var value: String
  }

  private let comparisons: [Comparison]
  /// The extended property that an event must have, and its value.
  private var property: (id: String, value: String)?

  private static let texts: [String: @Sendable (StoredMeeting) -> String] = [
    "iCalUId": { $0.shownUID },
    "subject": { $0.fields["subject"]?.string ?? "" },
    "type": { $0.type },
    "isAllDay": { $0.fields["isAllDay"] == true ? "true" : "false" },
    "isOrganizer": { $0.organizer == nil ? "true" : "false" },
  ]
  private static let instants: [String: @Sendable (StoredMeeting) -> Date] = [
    "start/dateTime": { $0.start?.instant ?? .distantPast },
    "end/dateTime": { $0.end?.instant ?? .distantPast },
    "createdDateTime": { $0.created },
    "lastModifiedDateTime": { $0.updated },
  ]

  init(_ text: String?) throws(MicrosoftError) {
    if let match = text?.wholeMatch(
      of: /singleValueExtendedProperties\/Any\(ep: ep\/id eq '([^']*)' and ep\/value eq '([^']*)'\)/
    ) {
      property = (String(match.1), String(match.2))
      comparisons = []
      return
    }
    var found: [Comparison] = []
    for part in (text ?? "").components(separatedBy: " and ") where !part.isEmpty {
      let words = part.split(separator: " ", maxSplits: 2).map(String.init)
      guard words.count == 3, Self.texts[words[0]] != nil || Self.instants[words[0]] != nil,
        ["eq", "ne", "ge", "gt", "le", "lt"].contains(words[1])
      else { throw .notEmulated("this $filter") }
      var value = words[2]
      if value.hasPrefix("'") {
        guard value.count >= 2, value.hasSuffix("'") else { throw .badRequest("Invalid filter clause.") }
        // A quote within text is doubled (OData 4.01 URL conventions §5.1.1.14.1).
        value = String(value.dropFirst().dropLast()).replacing("''", with: "'")
      }
      if Self.texts[words[0]] != nil {
        guard ["eq", "ne"].contains(words[1]) else { throw .notEmulated("this $filter") }
      } else if MeetingTime.instant(value) == nil {
        throw .badRequest("Invalid filter clause.")
      }
      found.append(Comparison(property: words[0], operation: words[1], value: value))
    }
    comparisons = found
  }

  func accepts(_ meeting: StoredMeeting) -> Bool {
    if let property { return ExtendedProperties.value(property.id, of: meeting) == property.value }
    return comparisons.allSatisfy { comparison in
      if let text = Self.texts[comparison.property]?(meeting) {
        return (text == comparison.value) == (comparison.operation == "eq")
      }
      guard let own = Self.instants[comparison.property]?(meeting),
        let other = MeetingTime.instant(comparison.value)
      else { return false }
      return switch comparison.operation {
      case "eq": own == other
      case "ne": own != other
      case "ge": own >= other
      case "gt": own > other
      case "le": own <= other
      default: own < other
      }
    }
  }
}
