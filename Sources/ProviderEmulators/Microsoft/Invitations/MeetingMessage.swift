import Foundation
import JSONModel

/// A meeting message as a guest's or an organizer's email program receives it.
struct MeetingMessage {
  enum Kind {
    case request, cancellation
    case reply(MailboxCall.Answer)

    var method: String {
      switch self {
      case .request: "REQUEST"
      case .cancellation: "CANCEL"
      case .reply: "REPLY"
      }
    }

    var subjectPrefix: String {
      switch self {
      case .request: ""
      case .cancellation: "Canceled: "
      case .reply(.accepted): "Accepted: "
      case .reply(.tentativelyAccepted): "Tentative: "
      case .reply(.declined): "Declined: "
      }
    }
  }

  let kind: Kind
  let meeting: StoredMeeting
  /// The days of a series' canceled occurrences.
  let cancelledDays: [String]
  let sender: EmulatorAccount
  let recipient: String
  let comment: String?
  let now: Date
  let boundary: String

  var subject: String { kind.subjectPrefix + (meeting.fields["subject"]?.string ?? "") }

  /// The whole message; lines end in CRLF (RFC 5322 §2.1).
  var text: String {
    let body = EventBody.text(of: meeting.fields["body"]?["content"]?.string ?? "")
    var plain = [comment, body].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "\r\n\r\n")
    if let link = joinURL, !plain.contains(link) { plain += "\r\n\r\nMicrosoft Teams: \(link)" }
    let lines = [
      "From: \(MailText.phrase(sender.displayName)) <\(sender.email)>",
      "To: <\(recipient)>",
      "Subject: \(MailText.encoded(subject))",
      "Date: \(MailText.date(now))",
      "Message-ID: <\(boundary)@prod.outlook.com>",
      "MIME-Version: 1.0",
      "Content-Type: multipart/alternative; boundary=\"\(boundary)\"",
      "",
      "--\(boundary)",
      "Content-Type: text/plain; charset=UTF-8",
      "Content-Transfer-Encoding: base64",
      "",
      MailText.base64(plain + "\r\n"),
      "--\(boundary)",
      "Content-Type: text/calendar; charset=UTF-8; method=\(kind.method)",
      "Content-Transfer-Encoding: base64",
      "",
      MailText.base64(MeetingCalendar(message: self).text),
      "--\(boundary)--",
      "",
    ]
    return lines.joined(separator: "\r\n")
  }

  /// The link of the meeting, even while the organizer cannot see it yet.
  var joinURL: String? {
    guard meeting.isOnline, let online = meeting.onlineMeeting, online.succeeds else { return nil }
    return online.joinURL
  }
}
