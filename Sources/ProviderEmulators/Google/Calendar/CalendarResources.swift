import JSONModel

extension GoogleEmulator {
  /// The one calendar that an emulated account has, as `calendarList` shows it.
  func calendarList(_ request: EmulatorRequest, _ account: EmulatorAccount) -> EmulatorResponse {
    if request.parameter("syncToken") != nil || request.parameter("pageToken") != nil {
      return GoogleError.notEmulated("synchronising the calendar list").response
    }
    return .json([
      "kind": "calendar#calendarList", "etag": "\"1\"", "items": [CalendarResource.listEntry(account)],
    ])
  }
}

enum CalendarResource {
  static func calendar(_ account: EmulatorAccount) -> JSON {
    [
      "kind": "calendar#calendar", "etag": "\"1\"", "id": .string(account.email),
      "summary": .string(account.email), "timeZone": .string(account.timeZone),
      "conferenceProperties": conferences(account),
    ]
  }

  static func listEntry(_ account: EmulatorAccount) -> JSON {
    [
      "kind": "calendar#calendarListEntry", "etag": "\"1\"", "id": .string(account.email),
      "summary": .string(account.email), "timeZone": .string(account.timeZone),
      "conferenceProperties": conferences(account), "accessRole": "owner", "primary": true, "selected": true,
      "colorId": "14", "backgroundColor": "#9fe1e7", "foregroundColor": "#000000",
      "defaultReminders": [["method": "popup", "minutes": 10]],
    ]
  }

  private static func conferences(_ account: EmulatorAccount) -> JSON {
    ["allowedConferenceSolutionTypes": account.allowsMeet ? ["hangoutsMeet"] : []]
  }
}
