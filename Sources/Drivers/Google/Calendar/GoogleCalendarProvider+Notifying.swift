package import CalendarCore
import Foundation
import ProviderKit

/// Push notifications (developers.google.com/workspace/calendar/api/guides/push).
///
/// Channels cannot be renewed: another one takes the place of one that is about to end.
extension GoogleCalendarProvider: ChangeNotificationProvider {
  package func openNotificationChannel(
    _ request: NotificationChannelRequest,
    session: AccountSession
  ) async throws(ProviderError) -> NotificationChannel {
    let opened = try await client.watch(
      WireChannel(
        id: request.id,
        type: "web_hook",
        address: request.address,
        token: request.token,
        expiration: WireChannel.expiration(request.expiry)
      ),
      calendar: request.calendarExternalID,
      session: session
    )
    guard opened.id == request.id, let resource = opened.resourceId, !resource.isEmpty,
      let expiry = opened.expiry
    else { throw .malformedReply(reason: Messages.channelIncomplete) }
    return NotificationChannel(id: opened.id, resourceID: resource, expiry: expiry)
  }

  /// Google answers 404 to channels that have ended, as to those that never were.
  package func closeNotificationChannel(
    _ channel: NotificationChannel,
    session: AccountSession
  ) async throws(ProviderError) {
    do throws(ProviderError) {
      try await client.stop(WireChannel(id: channel.id, resourceId: channel.resourceID), session: session)
    } catch {
      guard error == .notFound || error == .gone else { throw error }
    }
  }

  /// Everything is in the headers; the body is empty.
  package func reading(of request: WebhookRequest) -> WebhookReading {
    guard request.method == "POST",
      let channel = request.header("X-Goog-Channel-ID"), channel.isChannelID,
      let kind = request.header("X-Goog-Resource-State").flatMap(ChangeNotification.Kind.init(resourceState:))
    else { return .notifications([]) }
    return .notifications([
      ChangeNotification(
        channelID: channel,
        kind: kind,
        token: request.header("X-Goog-Channel-Token").flatMap { $0.utf8.count <= 256 ? $0 : nil },
        resourceID: request.header("X-Goog-Resource-ID").flatMap { $0.isResourceID ? $0 : nil },
        number: request.header("X-Goog-Message-Number").flatMap(Int.init(messageNumber:)),
        expiry: request.header("X-Goog-Channel-Expiration").flatMap(Date.init(httpDate:))
      )
    ])
  }
}

extension ChangeNotification.Kind {
  fileprivate init?(resourceState: String) {
    switch resourceState {
    case "sync": self = .opened
    // The list of events that is gone is for the import to find: it asks what the calendar is now.
    case "exists", "not_exists": self = .changed
    default: return nil
    }
  }
}

extension Int {
  fileprivate init?(messageNumber text: String) {
    guard text.utf8.count <= 18, text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
    else { return nil }
    self.init(text)
  }
}

extension String {
  /// 1 to 64 characters of `[A-Za-z0-9\-_\+/=]`.
  fileprivate var isChannelID: Bool {
    (1...64).contains(utf8.count)
      && unicodeScalars.allSatisfy {
        $0.isASCII
          && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_+/=".unicodeScalars.contains($0))
      }
  }

  /// Opaque, but printable and short.
  fileprivate var isResourceID: Bool {
    (1...256).contains(utf8.count) && utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}
