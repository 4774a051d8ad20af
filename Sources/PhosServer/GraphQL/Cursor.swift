import CalendarCore
import CalendarService
import Foundation

/// Cursors as callers see them: opaque text that only we can read a place from.
enum Cursor {
  static func text(_ cursor: RecordCursor) -> String { encode([cursor.sortKey, cursor.id]) }

  static func text(_ cursor: EventCursor) -> String {
    encode([String(Int64((cursor.startsAt.timeIntervalSince1970 * 1000).rounded())), "\(cursor.eventID)"])
  }

  static func record(_ text: String?) throws(InvalidInput) -> RecordCursor? {
    guard let text else { return nil }
    let parts = try decode(text)
    return RecordCursor(sortKey: parts[0], id: parts[1])
  }

  static func event(_ text: String?) throws(InvalidInput) -> EventCursor? {
    guard let text else { return nil }
    let parts = try decode(text)
    guard let milliseconds = Int64(parts[0]), let id = CalendarEvent.ID(parts[1]) else { throw malformed }
    return EventCursor(startsAt: Date(timeIntervalSince1970: Double(milliseconds) / 1000), eventID: id)
  }

  static func text(_ cursor: EmailCursor) -> String {
    encode([String(Int64((cursor.createdAt.timeIntervalSince1970 * 1000).rounded())), "\(cursor.emailID)"])
  }

  static func email(_ text: String?) throws(InvalidInput) -> EmailCursor? {
    guard let text else { return nil }
    let parts = try decode(text)
    guard let milliseconds = Int64(parts[0]), let id = EmailMessage.ID(parts[1]) else { throw malformed }
    return EmailCursor(createdAt: Date(timeIntervalSince1970: Double(milliseconds) / 1000), emailID: id)
  }

  private static let malformed = InvalidInput("after", Messages.invalidCursor)

  private static func encode(_ parts: [String]) -> String {
    (try? JSONEncoder().encode(parts))?.base64URLEncodedString() ?? ""
  }

  private static func decode(_ text: String) throws(InvalidInput) -> [String] {
    guard text.utf8.count <= 4096, let data = Data(base64URLEncoded: text),
      let parts = try? JSONDecoder().decode([String].self, from: data), parts.count == 2
    else { throw malformed }
    return parts
  }
}
