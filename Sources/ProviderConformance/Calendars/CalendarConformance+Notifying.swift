import CalendarCore
import Foundation

extension CalendarConformance {
  /// The token of every channel that the suite opens.
  static let channelToken = "channel-token-0123456789_ABCDEFG"

  static let notifying: [CalendarCheck] = [
    CalendarCheck("a channel tells of a change, with its token, and ends when the provider says") {
      calendar in
      guard let notifier = calendar.provider as? any ChangeNotificationProvider else { return }
      try await calendar.withWebhookReceiver { receiver in
        let request = calendar.channelRequest(at: receiver)
        let channel = try await notifier.openNotificationChannel(request, session: calendar.session)
        try expect(channel.expiry > receiver.now, "it has ended already")
        try expect(channel.expiry <= request.expiry.addingTimeInterval(1), "it lives longer than asked for")
        _ = try await calendar.create()
        let told = try await Self.first(.changed, of: channel, from: notifier, at: receiver)
        try expect(told.token == Self.channelToken, "the token is another")
        try await notifier.closeNotificationChannel(channel, session: calendar.session)
      }
    },
    CalendarCheck("a channel that was renewed still tells, or cannot be renewed") { calendar in
      guard let notifier = calendar.provider as? any ChangeNotificationProvider else { return }
      try await calendar.withWebhookReceiver { receiver in
        let request = calendar.channelRequest(at: receiver, hours: 24)
        let channel = try await notifier.openNotificationChannel(request, session: calendar.session)
        let later = receiver.now.addingTimeInterval(48 * 3600)
        guard
          let renewed = try await notifier.renewNotificationChannel(
            channel,
            until: later,
            session: calendar.session
          )
        else { return }
        try expect(renewed.expiry > channel.expiry, "it ends when it would have ended")
        _ = try await calendar.create()
        _ = try await Self.first(.changed, of: renewed, from: notifier, at: receiver)
      }
    },
    CalendarCheck("closing a channel twice, or one that never was, is no error") { calendar in
      guard let notifier = calendar.provider as? any ChangeNotificationProvider else { return }
      try await calendar.withWebhookReceiver { receiver in
        let request = calendar.channelRequest(at: receiver)
        let channel = try await notifier.openNotificationChannel(request, session: calendar.session)
        for _ in 0..<2 {
          try await notifier.closeNotificationChannel(channel, session: calendar.session)
        }
        var unknown = channel
        unknown.id = UUID().uuidString
        try await notifier.closeNotificationChannel(unknown, session: calendar.session)
      }
    },
    CalendarCheck("a request that no provider sends means nothing") { calendar in
      guard let notifier = calendar.provider as? any ChangeNotificationProvider else { return }
      let long = String(repeating: "x", count: 100_000)
      var requests = [
        WebhookRequest("GET"), WebhookRequest("POST"), WebhookRequest(""),
        WebhookRequest("POST", headers: [.init(long, long)], query: [.init(long, long)]),
        WebhookRequest("POST", body: Array(repeating: 0x20, count: WebhookRequest.longestBody + 1)),
      ]
      requests += absurdities.map { WebhookRequest("POST", body: $0.body) }
      for request in requests {
        try expect(notifier.reading(of: request) == .notifications([]), "\(request) means something")
      }
    },
  ]

  private static func first(
    _ kind: ChangeNotification.Kind,
    of channel: NotificationChannel,
    from notifier: any ChangeNotificationProvider,
    at receiver: WebhookReceiver
  ) async throws -> ChangeNotification {
    for await request in receiver.requests {
      guard case .notifications(let all) = notifier.reading(of: request) else { continue }
      if let found = all.first(where: { $0.channelID == channel.id && $0.kind == kind }) { return found }
    }
    throw Nonconformity("nothing arrived")
  }
}

extension CalendarUnderTest {
  /// A channel for the calendar, with an id of its own.
  func channelRequest(at receiver: WebhookReceiver, hours: Double = 48) -> NotificationChannelRequest {
    NotificationChannelRequest(
      calendarExternalID: calendar,
      id: UUID().uuidString,
      token: CalendarConformance.channelToken,
      address: receiver.address,
      expiry: receiver.now.addingTimeInterval(hours * 3600)
    )
  }
}
