import Foundation
import JSONModel
import Synchronization

/// Subscriptions to the events of a mailbox, and the notifications that subscribers get.
extension MicrosoftEmulator {
  /// The handshake before a subscription is created; returns the refusal when it fails.
  func refusal(before request: EmulatorRequest) async -> EmulatorResponse? {
    guard MicrosoftOperation.route(request.method, request.path).operation == .createSubscription,
      let body = try? JSON.parse(request.body),
      let wish = try? Subscription(body, id: "", account: "", at: clock())
      // The answer itself will report errors in the request.
    else { return nil }
    for url in [wish.notificationURL, wish.lifecycleURL].compactMap({ $0 }) {
      guard await notifications.validates(url, token: "Validation%3A+Testing+\(identifiers())") else {
        let message =
          "Subscription validation request failed. Notification endpoint must respond with 200 OK."
        return MicrosoftError(status: 400, code: "ValidationError", message: message)
          .response(at: clock(), requestID: requestID(), clientRequestID: nil)
      }
    }
    return nil
  }

  /// Creating, reading, renewing and deleting subscriptions.
  func subscriptions(
    _ target: MicrosoftOperation.Target,
    _ body: JSON,
    _ account: EmulatorAccount
  ) throws(MicrosoftError) -> EmulatorResponse {
    let now = clock()
    let own = live(of: account.email)
    if target.operation == .createSubscription {
      let made = try Subscription(body, id: requestID(), account: account.email, at: now)
      keep(made)
      return .json(made.json, status: 201)
    }
    if target.operation == .listSubscriptions {
      return .json(["value": .array(own.sorted { $0.id < $1.id }.map(\.json))])
    }
    guard var subscription = own.first(where: { $0.id == target.eventID }) else {
      throw MicrosoftError(status: 404, code: "ResourceNotFound", message: "The object was not found.")
    }
    switch target.operation {
    case .renewSubscription:
      subscription.expires = try Subscription.expiry(body, at: now)
      keep(subscription)
    case .deleteSubscription:
      subscription.isRemoved = true
      keep(subscription)
      return EmulatorResponse(status: 204)
    default: break
    }
    return .json(subscription.json)
  }

  private func live(of email: String) -> [Subscription] {
    let now = clock()
    return subscribers.withLock {
      $0.values.filter { $0.account == email && !$0.isRemoved && $0.expires > now }
    }
  }

  private func keep(_ subscription: Subscription) {
    subscribers.withLock { $0[subscription.id] = subscription }
    remember(subscription)
  }

  /// Notifies subscribers that an event is new, changed or deleted; for an occurrence, that its series has changed.
  func notify(_ change: String, of meeting: StoredMeeting, in mailbox: Mailbox) {
    let id = EventID(key: meeting.seriesKey ?? meeting.key, day: nil, generation: meeting.generation).text
    let resource = JSON.string("Users/\(MailboxResource.userID(mailbox.account))/Events/\(id)")
    for subscription in live(of: mailbox.account.email) where subscription.changeTypes.contains(change) {
      notifications.send(
        subscription.notification([
          "changeType": .string(change), "resource": resource,
          "resourceData": [
            "@odata.type": "#Microsoft.Graph.Event", "@odata.id": resource, "id": .string(id),
            "@odata.etag": .string(meeting.etag),
          ],
        ]),
        to: subscription.notificationURL
      )
    }
  }

  /// Sends a lifecycle notification to every subscriber; `subscriptionRemoved` ends the subscription.
  func sendLifecycle(_ event: String) {
    for var subscription in accounts.flatMap({ live(of: $0.email) }) {
      if event == "subscriptionRemoved" {
        subscription.isRemoved = true
        keep(subscription)
      }
      guard let url = subscription.lifecycleURL else { continue }
      notifications.send(subscription.notification(["lifecycleEvent": .string(event)]), to: url)
    }
  }
}
