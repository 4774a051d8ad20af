import Foundation
import JSONModel

extension MailboxCall {
  /// Lists single events and series; only a view contains occurrences.
  func list() throws(MicrosoftError) -> EmulatorResponse {
    let all = mailbox.meetings.values.filter { !$0.isDeleted && $0.seriesKey == nil }
    return try page(of: Array(all), byStart: false)
  }

  /// Lists everything that takes place in a span of time, with series expanded.
  func view() throws(MicrosoftError) -> EmulatorResponse {
    let groups = mailbox.groups(touching: try window())
    return try page(of: groups.flatMap { $0.filter { !$0.isSeries } }, byStart: true)
  }

  func instances(of id: String) throws(MicrosoftError) -> EmulatorResponse {
    let master = try mailbox.meeting(id)
    guard let series = RecurringMeeting(master, in: mailbox) else {
      throw .invalidRequest("Your request can't be completed. Only a series master has instances.")
    }
    return try page(of: series.occurrences(touching: try window()), byStart: true)
  }

  private func page(of meetings: [StoredMeeting], byStart: Bool) throws(MicrosoftError) -> EmulatorResponse {
    try checkParameters(["$select", "$top", "$skip", "$orderby", "$filter"])
    let size = try number("$top", in: 1...1000) ?? preferences.pageSize ?? 10
    let skip = try number("$skip", in: 0...Int.max) ?? 0
    let filter = try MeetingFilter(parameter("$filter"))
    let order = try MeetingOrder(parameter("$orderby"), byStart: byStart)
    let found = meetings.filter(filter.accepts).sorted(by: order.isBefore)
    let resource = try resource()
    var answer: JSON = [
      "@odata.context": .string(context("users('me')/events")),
      "value": .array(found.dropFirst(skip).prefix(size).map(resource.json)),
    ]
    if found.count - skip > size {
      var query = request.query.filter { $0.name.lowercased() != "$skip" }.map { item in
        "\(Self.encoded(item.name))=\(Self.encoded(item.value))"
      }
      query.append("$skip=\(skip + size)")
      answer["@odata.nextLink"] = .string(link(query))
    }
    return reply(answer)
  }

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-._~$")))
      ?? text
  }

  private func number(_ name: String, in range: ClosedRange<Int>) throws(MicrosoftError) -> Int? {
    guard let text = parameter(name) else { return nil }
    guard let value = Int(text), range.contains(value) else {
      throw .badRequest("Invalid value '\(text)' for \(name) query option found.")
    }
    return value
  }
}

/// The order of a list: `$orderby` with one property.
struct MeetingOrder {
  private let key: @Sendable (StoredMeeting) -> String
  private let isDescending: Bool

  init(_ text: String?, byStart: Bool) throws(MicrosoftError) {
    let words = (text ?? (byStart ? "start/dateTime" : "createdDateTime desc")).split(separator: " ")
    guard (1...2).contains(words.count), words.count == 1 || ["asc", "desc"].contains(words[1]),
      let key = Self.keys[String(words[0])]
    else { throw .notEmulated("this $orderby") }
    self.key = key
    isDescending = words.last == "desc"
  }

  private static let keys: [String: @Sendable (StoredMeeting) -> String] = [
    "start/dateTime": { Timestamp.precise($0.start?.instant ?? .distantPast) },
    "end/dateTime": { Timestamp.precise($0.end?.instant ?? .distantPast) },
    "createdDateTime": { Timestamp.precise($0.created) },
    "lastModifiedDateTime": { Timestamp.precise($0.updated) },
    "subject": { $0.fields["subject"]?.string ?? "" },
  ]

  func isBefore(_ left: StoredMeeting, _ right: StoredMeeting) -> Bool {
    let keys = (key(left), key(right))
    // Pages must not overlap when the property of several events is equal.
    if keys.0 == keys.1 {
      return left.change == right.change ? left.key < right.key : left.change < right.change
    }
    return isDescending ? keys.0 > keys.1 : keys.0 < keys.1
  }
}
