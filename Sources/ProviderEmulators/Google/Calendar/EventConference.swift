import Foundation
import JSONModel

/// Conference data: a requested Meet conference is pending first, and later gets its link or fails.
enum EventConference {
  /// The conference part of a written event: the data that is stored, and the conference that is still being created.
  ///
  /// `wish` is the `conferenceData` of the request after merging, `old` the event before this write.
  static func resolve(
    _ wish: JSON?,
    old: StoredEvent?,
    account: EmulatorAccount,
    code: () -> String,
    behaviour: ConferenceBehaviour,
    now: Date
  ) throws(GoogleError) -> (data: JSON?, awaited: AwaitedConference?) {
    let oldData = old?.fields["conferenceData"]
    guard let wish else { return (nil, nil) }
    guard wish.object != nil else { throw .invalid("Invalid value for: conferenceData") }
    guard let request = wish["createRequest"] else {
      // Data sent back as it was read is unchanged; any other would be a conference of another event.
      guard let oldData, wish["conferenceId"] == oldData["conferenceId"] else {
        throw .notEmulated("conference data without a createRequest")
      }
      return (oldData, old?.awaited)
    }
    guard let id = request["requestId"]?.string, !id.isEmpty, id.count <= 1024 else {
      throw .invalid("Invalid conference create request.")
    }
    // "If an ID provided is the same as for the previous request, the request is ignored."
    if let oldData, oldData["createRequest"]?["requestId"] == .string(id) { return (oldData, old?.awaited) }
    let type = request["conferenceSolutionKey"]?["type"]?.string ?? ""
    guard type == "hangoutsMeet", account.allowsMeet else {
      throw .invalid("Invalid conference type value.")
    }
    let awaited = AwaitedConference(
      readyAt: now.addingTimeInterval(behaviour.delay),
      succeeds: behaviour.succeeds,
      code: code()
    )
    return (data(requestID: id, status: "pending"), awaited)
  }

  /// The event with its conference created or failed, once the time has come; nil while nothing changes.
  static func settled(_ event: StoredEvent, at now: Date) -> StoredEvent? {
    guard let awaited = event.awaited, awaited.readyAt <= now,
      let id = event.fields["conferenceData"]?["createRequest"]?["requestId"]?.string
    else { return nil }
    var event = event
    event.awaited = nil
    var data = data(requestID: id, status: awaited.succeeds ? "success" : "failure")
    if awaited.succeeds {
      data["entryPoints"] = [
        [
          "entryPointType": "video", "uri": .string(link(awaited.code)),
          "label": .string("meet.google.com/\(awaited.code)"),
        ]
      ]
      data["conferenceSolution"] = [
        "key": ["type": "hangoutsMeet"], "name": "Google Meet",
        "iconUri":
          "https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/logo_meet_2020q4_color_2x_web_512dp.png",
      ]
      data["conferenceId"] = .string(awaited.code)
    }
    event.fields["conferenceData"] = data
    return event
  }

  static func link(_ code: String) -> String { "https://meet.google.com/\(code)" }

  private static func data(requestID: String, status: String) -> JSON {
    [
      "createRequest": [
        "requestId": .string(requestID), "conferenceSolutionKey": ["type": "hangoutsMeet"],
        "status": ["statusCode": .string(status)],
      ]
    ]
  }
}
