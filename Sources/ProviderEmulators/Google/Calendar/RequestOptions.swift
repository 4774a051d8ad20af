import Foundation
import JSONModel

/// The guests whom a write notifies.
enum SendUpdates: String {
  case all, externalOnly, none
}

/// The parameters of a write.
struct WriteOptions {
  var sendUpdates: SendUpdates
  var writesConferences: Bool
  var supportsAttachments: Bool

  init(_ request: EmulatorRequest) throws(GoogleError) {
    if let text = request.parameter("sendUpdates") {
      guard let value = SendUpdates(rawValue: text) else { throw .invalid("Invalid sendUpdates value.") }
      sendUpdates = value
    } else {
      // The deprecated parameter decides when the new one is missing; without either, nobody is notified.
      sendUpdates = try ReadOptions.flag("sendNotifications", of: request) == true ? .all : .none
    }
    switch request.parameter("conferenceDataVersion") {
    case nil, "0": writesConferences = false
    case "1": writesConferences = true
    default: throw .invalid("Invalid conferenceDataVersion value.")
    }
    supportsAttachments = try ReadOptions.flag("supportsAttachments", of: request) ?? false
  }

  /// The fields that a body contains and that are not ignored.
  func named(_ written: JSON) -> Set<String> {
    var names = Set((written.object ?? [:]).keys)
    if !writesConferences { names.remove("conferenceData") }
    if !supportsAttachments { names.remove("attachments") }
    return names
  }
}

/// Reads typed query parameters.
enum ReadOptions {
  static func flag(_ name: String, of request: EmulatorRequest) throws(GoogleError) -> Bool? {
    switch request.parameter(name) {
    case nil: return nil
    case "true": return true
    case "false": return false
    default: throw .invalid("Invalid boolean value: \(name).")
    }
  }

  static func integer(
    _ name: String,
    of request: EmulatorRequest,
    in range: ClosedRange<Int>
  ) throws(GoogleError) -> Int? {
    guard let text = request.parameter(name) else { return nil }
    guard let value = Int(text), range.contains(value) else {
      throw .invalid("Invalid integer value: \(name).")
    }
    return value
  }

  /// The instant of a query parameter, whose offset is mandatory.
  static func instant(_ name: String, of request: EmulatorRequest) throws(GoogleError) -> Date? {
    guard let text = request.parameter(name) else { return nil }
    guard let stamp = Timestamp(text), stamp.offset != nil else {
      throw GoogleError(status: 400, reason: "badRequest", message: "Bad Request")
    }
    return stamp.instant(in: .gmt)
  }

  static func zone(of request: EmulatorRequest) throws(GoogleError) -> TimeZone? {
    guard let name = request.parameter("timeZone") else { return nil }
    guard let zone = EventTime.zone(named: name) else { throw .invalid("Invalid time zone.") }
    return zone
  }
}
