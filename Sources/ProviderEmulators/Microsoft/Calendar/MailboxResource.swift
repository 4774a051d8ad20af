import Foundation
import JSONModel

/// The calendars of a mailbox: its own, and the read-only one of birthdays.
enum MailboxResource {
  static func isEditable(_ id: String?, of account: EmulatorAccount) throws(MicrosoftError) -> Bool {
    guard let id, id != self.id(of: account, isEditable: true) else { return true }
    guard id == self.id(of: account, isEditable: false) else {
      throw id.hasPrefix("AAMk") ? .notFound : .malformedID
    }
    return false
  }

  static func all(_ account: EmulatorAccount) -> [JSON] {
    [calendar(account, isEditable: true), calendar(account, isEditable: false)]
  }

  static func calendar(_ account: EmulatorAccount, isEditable: Bool) -> JSON {
    let hasTeams = isEditable && account.allowsTeams
    return [
      "id": .string(id(of: account, isEditable: isEditable)),
      "name": isEditable ? "Calendar" : "Birthdays",
      "color": "auto", "hexColor": "",
      "isDefaultCalendar": .bool(isEditable),
      "changeKey": "DwAAABYAAAA=",
      "canShare": .bool(isEditable),
      "canViewPrivateItems": true,
      "canEdit": .bool(isEditable),
      "allowedOnlineMeetingProviders": hasTeams ? ["teamsForBusiness"] : [],
      "defaultOnlineMeetingProvider": hasTeams ? "teamsForBusiness" : "unknown",
      "isTallyingResponses": .bool(isEditable),
      "isRemovable": false,
      "owner": MeetingResource.address(account),
    ]
  }

  static func me(_ account: EmulatorAccount) -> JSON {
    let names = account.displayName.split(separator: " ", maxSplits: 1).map(String.init)
    return [
      "id": .string(userID(account)),
      "displayName": .string(account.displayName),
      "givenName": names.first.map { .string($0) } ?? .null,
      "surname": names.count > 1 ? .string(names[1]) : .null,
      "mail": .string(account.email),
      "userPrincipalName": .string(account.email),
      "businessPhones": [], "jobTitle": .null, "mobilePhone": .null, "officeLocation": .null,
      "preferredLanguage": .null,
    ]
  }

  static func mailboxSettings(_ account: EmulatorAccount) -> JSON {
    let zone = OutlookZone(account.timeZone) ?? .utc
    return [
      "timeZone": .string(zone.windowsName),
      "language": ["locale": "en-US", "displayName": "English (United States)"],
      "timeFormat": "HH:mm", "dateFormat": "yyyy-MM-dd", "userPurpose": "user",
    ]
  }

  /// An id in the form of a GUID, the same after each restart.
  static func userID(_ account: EmulatorAccount) -> String {
    let digits = account.email.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    let text = String(repeating: "0", count: 16) + String(digits, radix: 16)
    let last = text.suffix(16)
    return "\(last.prefix(8))-\(last.dropFirst(8).prefix(4))-4\(last.suffix(3))-8000-\(last.prefix(12))"
  }

  private static func id(of account: EmulatorAccount, isEditable: Bool) -> String {
    "AAMkADVhNjRlN2Ix" + Data("\(isEditable ? "calendar" : "birthdays"):\(account.email)".utf8).base64URL
      + "AAA="
  }
}
