import Foundation
import JSONModel
import Testing

@testable import ProviderEmulators

/// A weekly series of four Mondays in New York, over the change of its clocks on 14 March 2027.
extension Probe {
  static let weekly: JSON = ["RRULE:FREQ=WEEKLY;COUNT=4"]
  /// 1 March, 8, 15 and 22 March: 10:00 is 15:00 UTC in winter and 14:00 in summer.
  static let mondays = ["20270301T150000Z", "20270308T150000Z", "20270315T140000Z", "20270322T140000Z"]

  static func guests(_ names: String...) -> JSON {
    .array(names.map { ["email": .string("\($0)@example.org")] })
  }

  static func instance(_ index: Int, of id: String = "series") -> String {
    "\(events)/\(id)_\(mondays[index])"
  }

  @discardableResult
  func makeSeries(_ more: [String: JSON] = [:], query: String = "") -> JSON {
    let fields: [String: JSON] = ["recurrence": Self.weekly]
    let event = Self.event("series", fields.merging(more, uniquingKeysWith: { $1 }))
    let answer = send("POST", Self.events + query, event)
    #expect(answer.status == 200)
    return answer.json
  }

  /// The items of a list or of instances.
  func list(_ path: String) -> [JSON] { send("GET", path).json["items"]?.array ?? [] }

  func starts(_ path: String) -> [String] { list(path).compactMap { $0["start"]?["dateTime"]?.string } }

  /// Who has been mailed since the last look, and the calendar objects that they got.
  func mails(after count: Int) -> [(to: String, calendar: String)] {
    sink.messages.dropFirst(count).map { ($0.to.first ?? "", $0.calendar) }
  }
}

extension MailMessage {
  /// The calendar object in the mail, unfolded.
  var calendar: String {
    guard let part = raw.components(separatedBy: "Content-Type: text/calendar").last,
      let body = part.components(separatedBy: "\r\n\r\n").dropFirst().first,
      let data = Data(base64Encoded: body.components(separatedBy: "\r\n--")[0].replacing("\r\n", with: ""))
    else { return "" }
    return String(decoding: data, as: UTF8.self).replacing("\r\n ", with: "")
  }
}
