import CalendarCore
import Foundation
import ICalendar
import Testing

/// An email with a calendar file, as its reader's calendar takes it.
struct GuestMail: CustomStringConvertible {
  let to: String
  let headers: String
  let message: SchedulingMessage

  init(_ mail: OutgoingMail) throws {
    to = try #require(mail.recipients.first?.rawValue)
    let text = String(decoding: mail.octets, as: UTF8.self)
    headers = text.components(separatedBy: "\r\n\r\n")[0]
    let part = try #require(text.components(separatedBy: "Content-Type: text/calendar;").last)
    let body = part.components(separatedBy: "\r\n\r\n")[1].components(separatedBy: "\r\n--")[0]
    let content = try #require(Data(base64Encoded: body.replacing("\r\n", with: "")))
    message = try SchedulingMessage.parse(Array(content))
    #expect(part.hasPrefix(" method=\(message.method.rawValue); charset=UTF-8\r\n"))
    #expect(message.violations.isEmpty)
  }

  /// A property of the first event.
  func value(_ name: String) -> String? { message.events.first?.property(name)?.value }

  /// The method, the guest, and the SEQUENCE.
  var revision: String { "\(summary) \(value("SEQUENCE") ?? "0")" }

  var summary: String { "\(message.method.rawValue) \(to)" }

  var description: String {
    "\(summary) \(message.events.map { $0.property("RECURRENCE-ID")?.value ?? "all" })"
  }
}
