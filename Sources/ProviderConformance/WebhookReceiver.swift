package import CalendarCore
package import Foundation

/// An address at which a test listens for a provider's notifications.
package struct WebhookReceiver: Sendable {
  package let address: String
  /// The time at the provider.
  package let now: Date
  /// The requests that arrive, in order.
  package let requests: AsyncStream<WebhookRequest>

  package init(address: String, now: Date, requests: AsyncStream<WebhookRequest>) {
    self.address = address
    self.now = now
    self.requests = requests
  }
}
