import CalendarCore
import Foundation
import JSONModel
import ProviderKit

/// A meeting as Zoom tells it, without `start_url`: with that anyone would be its host.
struct ZoomMeeting: Sendable {
  var id: String
  var joinURL: String
  var password: String?

  init?(_ json: JSON?) {
    guard let json, let id = Self.id(json), let link = json["join_url"]?.string else { return nil }
    self.id = id
    joinURL = link
    password = json["password"]?.string.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Zoom's ids are numbers of up to 11 digits.
  static func id(_ json: JSON) -> String? { json["id"]?.integer.map(String.init) ?? json["id"]?.string }

  /// By which a meeting is found again; in the agenda, which lists show the first 250 characters of.
  static func mark(_ requestID: String) -> String { "Ref. \(requestID)" }

  private static let maximumTopicLength = 200

  /// The body of a request that writes a meeting.
  static func body(_ options: CreateConferenceOptions) -> JSON {
    // A meeting that repeats is held at one place, whenever it is: type 3 has no times of its own.
    var body: JSON = [
      "topic": .string(String(options.title.prefix(maximumTopicLength))),
      "type": .integer(options.isRecurring ? 3 : 2),
      "agenda": .string(mark(options.requestID)),
    ]
    guard !options.isRecurring else { return body }
    let length = (options.endsAt.timeIntervalSince(options.startsAt) / 60).rounded(.up)
    body["start_time"] = .string(Self.time(options.startsAt))
    body["duration"] = .integer(Int(min(max(length, 1), 1440)))
    if let zone = options.timeZone { body["timezone"] = .string(zone) }
    return body
  }

  /// In UTC; `timezone` says on which clock people read it.
  private static func time(_ instant: Date) -> String {
    instant.formatted(
      .iso8601.year().month().day().time(includingFractionalSeconds: false).timeZone(separator: .omitted)
    )
  }
}
