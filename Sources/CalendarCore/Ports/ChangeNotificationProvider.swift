package import Foundation

/// A calendar driver whose provider can tell this server that a calendar has changed.
///
/// Notifications say that there is something to look for, not what: `changes` tells that. They get lost, come late, twice
/// and in another order, so calendars are polled as well.
package protocol ChangeNotificationProvider: ChangeFeedProvider {
  /// Opens a channel, through which the provider calls `NotificationChannelRequest.address` after changes.
  ///
  /// It may call before this returns. Whether a channel was opened is unknown after `.unavailable` and `.malformedReply`;
  /// it then ends by itself, and another is opened under a new id. Throws `.conflict` when the id was used before,
  /// `.rejected` when the provider does not notify about this calendar, or not at this address.
  func openNotificationChannel(
    _ request: NotificationChannelRequest,
    session: AccountSession
  ) async throws(ProviderError) -> NotificationChannel

  /// Lets an open channel live longer; nil where channels cannot, so that another is opened in its place.
  ///
  /// The expiry of the result is the provider's, which may be sooner than `expiry`. Throws `.gone` or `.notFound` when
  /// the channel has ended.
  func renewNotificationChannel(
    _ channel: NotificationChannel,
    until expiry: Date,
    session: AccountSession
  ) async throws(ProviderError) -> NotificationChannel?

  /// Closes a channel; one that has ended already is not an error.
  ///
  /// Notifications that are on their way may still arrive.
  func closeNotificationChannel(
    _ channel: NotificationChannel,
    session: AccountSession
  ) async throws(ProviderError)

  /// The meaning of a request to the address of a channel, which anyone can have sent.
  ///
  /// Unknown and oversized content is ignored, and nothing is verified: the caller compares each notification's token,
  /// in constant time, with the channel's. Does not wait for anything, and throws nothing.
  func reading(of request: WebhookRequest) -> WebhookReading
}

extension ChangeNotificationProvider {
  package func renewNotificationChannel(
    _ channel: NotificationChannel,
    until expiry: Date,
    session: AccountSession
  ) async throws(ProviderError) -> NotificationChannel? { nil }
}

/// The channel that a provider is asked to open.
///
/// Printing one shows the calendar and the id, without the token and the address.
package struct NotificationChannelRequest: Sendable, Hashable {
  package var calendarExternalID: String
  /// Ours, used once: 1 to 64 ASCII letters, digits and hyphens.
  package var id: String
  /// A secret that each notification of the channel carries: 1 to 128 ASCII letters, digits, hyphens and underscores.
  package var token: String
  /// The web address that the provider is to call, as it can be reached from outside.
  package var address: String
  /// How long the channel is to live; the provider may end it sooner.
  package var expiry: Date

  package init(calendarExternalID: String, id: String, token: String, address: String, expiry: Date) {
    self.calendarExternalID = calendarExternalID
    self.id = id
    self.token = token
    self.address = address
    self.expiry = expiry
  }
}

extension NotificationChannelRequest: CustomStringConvertible, CustomReflectable {
  package var description: String { "NotificationChannelRequest(\(calendarExternalID), \(id))" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A channel that is open at its provider.
package struct NotificationChannel: Sendable, Hashable {
  /// The name that notifications give it: the id that was asked for, or one of the provider's.
  package var id: String
  /// The provider's name of what the channel is about, where closing it takes that.
  package var resourceID: String?
  /// When the provider ends the channel, as the provider said; it may not say so again when the time comes.
  package var expiry: Date

  package init(id: String, resourceID: String?, expiry: Date) {
    self.id = id
    self.resourceID = resourceID
    self.expiry = expiry
  }
}

/// A request that arrived at the address of a channel; anyone can have sent it.
///
/// Printing one shows the method only.
package struct WebhookRequest: Sendable, Hashable {
  /// A header field, or an item of the query, with percent-encoding removed.
  package struct Field: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The octets of the longest body that a driver reads; a longer one means nothing.
  package static let longestBody = 1 << 20

  package var method: String
  package var headers: [Field]
  package var query: [Field]
  package var body: [UInt8]

  package init(_ method: String, headers: [Field] = [], query: [Field] = [], body: [UInt8] = []) {
    self.method = method
    self.headers = headers
    self.query = query
    self.body = body
  }

  /// The value of a header that is there exactly once; upper and lower case are the same (RFC 9110 §5.1).
  package func header(_ name: String) -> String? {
    let wanted = name.lowercased()
    return Self.single(headers.filter { $0.name.lowercased() == wanted })
  }

  /// The value of an item of the query that is there exactly once.
  package func queryItem(_ name: String) -> String? {
    Self.single(query.filter { $0.name == name })
  }

  private static func single(_ fields: [Field]) -> String? { fields.count == 1 ? fields[0].value : nil }
}

extension WebhookRequest: CustomStringConvertible, CustomReflectable {
  package var description: String { "WebhookRequest(\(method))" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The meaning of a request to the address of a channel.
package enum WebhookReading: Sendable, Hashable {
  /// The provider checks who answers at the address: with status 200, `text/plain`, and exactly this text.
  case validation(String)
  /// To be acknowledged with a status of success, however many of them are known; none when it means nothing.
  case notifications([ChangeNotification])
}

/// A notification as it arrived: it is true only if its token is the channel's.
///
/// Printing one shows the channel and the kind, without the token.
package struct ChangeNotification: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// Something in the calendar has changed, or the calendar itself is gone.
    case changed
    /// The channel is open.
    case opened
    /// The provider wants the channel renewed, or it ends.
    case renewalNeeded
    /// The provider has ended the channel; another has to be opened.
    case ended
    /// Notifications of the channel were lost: look for changes now.
    case resynchronize
  }

  /// As in `NotificationChannel.id`.
  package var channelID: String
  package var kind: Kind
  /// The token as it was sent; nil when there was none.
  package var token: String?
  /// As in `NotificationChannel.resourceID`: with it, a channel whose opening got no answer can be closed.
  package var resourceID: String?
  /// Grows from one notification of a channel to the next, with gaps, where the provider counts them.
  package var number: Int?
  /// When the channel ends, where the notification says so.
  package var expiry: Date?

  package init(
    channelID: String,
    kind: Kind,
    token: String?,
    resourceID: String? = nil,
    number: Int? = nil,
    expiry: Date? = nil
  ) {
    self.channelID = channelID
    self.kind = kind
    self.token = token
    self.resourceID = resourceID
    self.number = number
    self.expiry = expiry
  }
}

extension ChangeNotification: CustomStringConvertible, CustomReflectable {
  package var description: String { "ChangeNotification(\(channelID), \(kind))" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
