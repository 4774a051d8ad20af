import Foundation
import JSONModel

/// An invitation as a guest's email program receives it: text, and the calendar object that the program processes.
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
  /// The canceled instances of a series.
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
      "From: \(MailText.phrase(organizer.displayName)) <\(organizer.email)>",
      "To: <\(guest)>",
      "Subject: \(MailText.encoded("\(kind.subject): \(title) @ \(moment) (\(zone.identifier))"))",
      "Date: \(MailText.date(now))",
      "Message-ID: <calendar-\(boundary)@google.com>",
      "MIME-Version: 1.0",
      "Content-Type: multipart/alternative; boundary=\"\(boundary)\"",
      "",
      "--\(boundary)",
      "Content-Type: text/plain; charset=UTF-8",
      "Content-Transfer-Encoding: base64",
      "",
      MailText.base64("\(title)\n\n\(moment)\n\(event.fields["location"]?.string ?? "")\n"),
      "--\(boundary)",
      "Content-Type: text/calendar; charset=UTF-8; method=\(kind.method)",
      "Content-Transfer-Encoding: base64",
      "",
      MailText.base64(calendar),
      "--\(boundary)--",
      "",
    ]
    return lines.joined(separator: "\r\n")
  }
}
