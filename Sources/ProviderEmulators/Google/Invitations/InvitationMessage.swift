import Foundation

/// An invitation as a guest's mail program receives it: a text, and the calendar object that it acts upon.
struct InvitationMessage {
  enum Kind {
    case invitation, update, cancellation

    var method: String { self == .cancellation ? "CANCEL" : "REQUEST" }

    var subject: String {
      switch self {
      case .invitation: "Invitation"
      case .update: "Updated invitation"
      case .cancellation: "Canceled event"
      }
    }
  }

  let kind: Kind
  let event: StoredEvent
  /// The cancelled instances of a series.
  let exclusions: [EventTime]
  let organizer: EmulatorAccount
  let guest: String
  let zone: TimeZone
  let now: Date
  let boundary: String

  /// The whole message; lines end in CRLF (RFC 5322 §2.1).
  var text: String {
    let title = event.fields["summary"]?.string ?? "(No title)"
    let when = event.start?.rendered(in: zone)
    let moment = when?["dateTime"]?.string ?? when?["date"]?.string ?? ""
    let calendar = InvitationCalendar(message: self).text
    let lines = [
      "From: \(Self.phrase(organizer.displayName)) <\(organizer.email)>",
      "To: <\(guest)>",
      "Subject: \(Self.encoded("\(kind.subject): \(title) @ \(moment) (\(zone.identifier))"))",
      "Date: \(Self.date(now))",
      "Message-ID: <calendar-\(boundary)@google.com>",
      "MIME-Version: 1.0",
      "Content-Type: multipart/alternative; boundary=\"\(boundary)\"",
      "",
      "--\(boundary)",
      "Content-Type: text/plain; charset=UTF-8",
      "Content-Transfer-Encoding: base64",
      "",
      Self.base64("\(title)\n\n\(moment)\n\(event.fields["location"]?.string ?? "")\n"),
      "--\(boundary)",
      "Content-Type: text/calendar; charset=UTF-8; method=\(kind.method)",
      "Content-Transfer-Encoding: base64",
      "",
      Self.base64(calendar),
      "--\(boundary)--",
      "",
    ]
    return lines.joined(separator: "\r\n")
  }

  /// Header text; encoded words (RFC 2047) of at most 75 characters when it is not plain ASCII.
  private static func encoded(_ text: String) -> String {
    if text.utf8.count <= 200, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      return text
    }
    var words: [String] = []
    var chunk = ""
    // One character may be long (RFC 2047 forbids to split it only by octets, not by scalars).
    for scalar in text.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F {
      if (chunk + String(scalar)).utf8.count > 42 {
        words.append(chunk)
        chunk = ""
      }
      chunk.unicodeScalars.append(scalar)
    }
    words.append(chunk)
    return words.map { "=?UTF-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
  }

  /// A display name; quoted when plain, since a comma in it would end the address (RFC 5322 §3.2.4).
  private static func phrase(_ text: String) -> String {
    let word = encoded(text)
    return word == text ? "\"\(text.filter { $0 != "\"" && $0 != "\\" })\"" : word
  }

  private static func base64(_ text: String) -> String {
    Data(text.utf8).base64EncodedString(options: [.lineLength76Characters])
  }

  private static func date(_ date: Date) -> String {
    let format = Date.VerbatimFormatStyle(
      format: """
        \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \
        \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
        \(second: .twoDigits) +0000
        """,
      locale: Locale(identifier: "en_US_POSIX"),
      timeZone: .gmt,
      calendar: Calendar(identifier: .gregorian)
    )
    return date.formatted(format)
  }
}
