import Foundation
import JSONModel

/// A client's subscription to changes of a mailbox's events.
struct Subscription: Codable, Sendable, Equatable {
  var id: String
  var account: String
  var changeTypes: Set<String>
  var resource: String
  var notificationURL: String
  var lifecycleURL: String?
  var clientState: String?
  var expires: Date
  /// Whether the subscription was deleted, by its owner or by the service.
  var isRemoved = false

  static let changeTypes: Set = ["created", "updated", "deleted"]
  /// The maximum lifetime of a subscription to events, just under seven days.
  private static let longest: TimeInterval = 10_080 * 60

  /// Reads a request; refuses what the real service refuses, and addresses beyond this machine.
  init(_ body: JSON, id: String, account: String, at now: Date) throws(MicrosoftError) {
    self.id = id
    self.account = account
    changeTypes = Set((body["changeType"]?.string ?? "").split(separator: ",").map(String.init))
    guard !changeTypes.isEmpty, changeTypes.isSubset(of: Self.changeTypes) else {
      throw Self.invalid("The changeType is invalid.")
    }
    guard let resource = body["resource"]?.string, Self.isWatched(resource) else {
      throw .notEmulated("watching anything but the events of the own calendar")
    }
    self.resource = resource
    guard let address = body["notificationUrl"]?.string else {
      throw Self.invalid("notificationUrl is missing.")
    }
    notificationURL = try Self.local(address)
    if let address = body["lifecycleNotificationUrl"]?.string { lifecycleURL = try Self.local(address) }
    clientState = body["clientState"]?.string
    guard (clientState ?? "").utf16.count <= 128 else {
      throw Self.invalid("clientState is longer than 128.")
    }
    if body["includeResourceData"] == true { throw .notEmulated("notifications with resource data") }
    expires = try Self.expiry(body, at: now)
  }

  static func expiry(_ body: JSON, at now: Date) throws(MicrosoftError) -> Date {
    guard let text = body["expirationDateTime"]?.string, let date = Timestamp(text)?.instant(in: .gmt) else {
      throw invalid("expirationDateTime is missing or invalid.")
    }
    guard date > now, date.timeIntervalSince(now) <= longest else {
      throw invalid("Subscription expiration can only be 10080 minutes in the future.")
    }
    return date
  }

  private static func invalid(_ message: String) -> MicrosoftError {
    MicrosoftError(status: 400, code: "InvalidRequest", message: message)
  }

  private static func isWatched(_ resource: String) -> Bool {
    let path = (resource.hasPrefix("/") ? String(resource.dropFirst()) : resource).lowercased()
    return ["me/events", "me/calendar/events"].contains(path)
  }

  /// Requires a local address where the service requires https, because this machine has no certificate.
  private static func local(_ address: String) throws(MicrosoftError) -> String {
    guard let url = URLComponents(string: address), ["http", "https"].contains(url.scheme ?? ""),
      ["127.0.0.1", "localhost", "::1", "[::1]"].contains(url.host ?? "")
    else { throw .notEmulated("notifying other machines") }
    return address
  }

  var json: JSON {
    [
      "id": .string(id), "resource": .string(resource),
      "changeType": .string(changeTypes.sorted().joined(separator: ",")),
      "notificationUrl": .string(notificationURL),
      "lifecycleNotificationUrl": lifecycleURL.map { .string($0) } ?? .null,
      "clientState": .null, "expirationDateTime": .string(Timestamp.text(expires, in: .gmt)),
      "latestSupportedTlsVersion": "v1_2", "includeResourceData": .null, "encryptionCertificate": .null,
    ]
  }

  /// The body of a notification, whose item gets the members of `more`.
  func notification(_ more: JSON) -> Data {
    let base: JSON = [
      "subscriptionId": .string(id), "clientState": clientState.map { .string($0) } ?? .null,
      "subscriptionExpirationDateTime": .string(Timestamp.text(expires, in: .gmt)),
      "tenantId": .string(MicrosoftEmulator.tenant),
    ]
    let item = (base.object ?? [:]).merging(more.object ?? [:]) { $1 }
    return JSON.object(["value": [.object(item)]]).encoded()
  }
}
