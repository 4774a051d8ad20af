import CalendarCore
import Foundation
import HTTPTypes
import ICalendar
import ProviderKit

extension CalendarConformance {
  /// One call of a driver, on an event that exists.
  struct Call: Sendable {
    var name: String
    /// Whether the driver needs the provider's answer to know the outcome.
    var needsAnswer: Bool
    var isOffered: @Sendable (any CalendarProvider) -> Bool = { _ in true }
    var run: @Sendable (any CalendarUnderTest, Made, ProviderEvent) async throws -> Void
  }

  static let calls: [Call] = [
    Call(name: "create", needsAnswer: false) { calendar, _, _ in _ = try await calendar.create() },
    Call(name: "read", needsAnswer: true) { calendar, made, _ in _ = try await calendar.read(made) },
    Call(name: "update", needsAnswer: false) { calendar, made, current in
      try await calendar.change(made, [.title], from: current) { $0.title = "Renamed" }
    },
    Call(name: "delete", needsAnswer: false) { calendar, made, _ in try await calendar.delete(made) },
    Call(name: "list changes", needsAnswer: true, isOffered: { $0 is any ChangeFeedProvider }) {
      calendar,
      _,
      _ in
      _ = try await calendar.allChanges()
    },
    Call(name: "busy times", needsAnswer: true, isOffered: { $0 is any FreeBusyProvider }) { calendar, _, _ in
      let teller = try require(calendar.provider as? any FreeBusyProvider, "no busy times")
      let start = Date(timeIntervalSince1970: 1_801_094_400)
      _ = try await teller.busyTimes(
        in: calendar.calendar,
        from: start,
        to: start.addingTimeInterval(86_400),
        session: calendar.session
      )
    },
    Call(name: "open a channel", needsAnswer: true, isOffered: { $0 is any ChangeNotificationProvider }) {
      calendar,
      _,
      _ in
      let notifier = try require(calendar.provider as? any ChangeNotificationProvider, "no notifications")
      try await calendar.withWebhookReceiver { receiver in
        _ = try await notifier.openNotificationChannel(
          calendar.channelRequest(at: receiver),
          session: calendar.session
        )
      }
    },
  ]

  /// Bodies that answer no request, though they arrive with a successful status.
  static let absurdities: [(name: String, body: [UInt8])] = [
    ("an empty body", []), ("null", Array("null".utf8)), ("a list", Array("[]".utf8)),
    ("an empty object", Array("{}".utf8)),
    ("a sign-in page", Array("<!DOCTYPE html><html><body>Sign in</body></html>".utf8)),
    ("other types than promised", Array(#"{"id":5,"items":"none","value":7,"start":[]}"#.utf8)),
    ("endless nesting", Array(repeating: UInt8(ascii: "["), count: 100_000)),
    ("no text at all", [0xFF, 0x00, 0xFE]),
    ("markup that goes nowhere", Array(#"<?xml version="1.0"?><multistatus xmlns="DAV:"><response>"#.utf8)),
  ]

  static let failing: [CalendarCheck] =
    calls.flatMap { call in
      Refusal.allCases.map { refusal in
        CalendarCheck("\(call.name): \(refusal.rawValue) is what it is") { calendar in
          guard call.canFail(on: calendar), let answer = calendar.answer(refusal) else { return }
          let error = try await Self.provoke(call, .answer(answer), on: calendar)
          let kind = try require(error.map(ProviderErrorKind.init), "it is no error")
          // Only a write depends on a version; for other calls a driver may interpret 412 as it likes.
          if refusal == .stale, call.name != "update" { return }
          try expect(refusal.expected.contains(kind), "it is \(kind.rawValue)")
          if let wait = refusal.retryAfter {
            try expect(
              error?.retryAfter == wait,
              "it may come again after \(String(describing: error?.retryAfter))"
            )
          }
        }
      }
        + [
          CalendarCheck("\(call.name): a connection that breaks or never comes about can be tried again") {
            calendar in
            guard call.canFail(on: calendar) else { return }
            for fault in [FaultyTransport.Fault.notConnected, .lostAnswer] {
              let error = try await Self.provoke(call, fault, on: calendar)
              try expect(
                error.map(ProviderErrorKind.init) == .unavailable,
                "it is \(String(describing: error))"
              )
            }
          },
          CalendarCheck("\(call.name): what is no answer is no success") { calendar in
            guard call.canFail(on: calendar) else { return }
            for (name, body) in absurdities {
              let answer = ProviderResponse(
                status: 200,
                headers: [.contentType: "application/json"],
                body: body
              )
              let error = try await Self.provoke(call, .answer(answer), on: calendar)
              if error == nil, !call.needsAnswer { continue }
              let kind = try require(error.map(ProviderErrorKind.init), "\(name) is taken for an answer")
              try expect(
                [.malformedReply, .rejected, .unavailable, .gone].contains(kind),
                "\(name) is \(kind.rawValue)"
              )
            }
          },
          CalendarCheck("\(call.name): an answer that ends early is no success") { calendar in
            guard call.canFail(on: calendar), call.needsAnswer else { return }
            for percent in [10, 50, 90] {
              let error = try await Self.provoke(call, .truncated(percent: percent), on: calendar)
              try expect(
                error.map(ProviderErrorKind.init) == .malformedReply,
                "\(percent) of a hundred is \(String(describing: error))"
              )
            }
          },
          CalendarCheck("\(call.name): a canceled call does not wait for a silent provider") {
            calendar in
            guard call.canFail(on: calendar) else { return }
            let (made, current) = try await Self.prepare(calendar)
            calendar.network.set(.silence, where: { calendar.isAPI($0) })
            let task = Task { try await call.run(calendar, made, current) }
            let isAsked = Task { for await _ in calendar.network.silences { return } }
            let isOver = Task {
              _ = try? await task.value
              isAsked.cancel()
            }
            await isAsked.value
            task.cancel()
            await isOver.value
            calendar.network.set(nil)
          },
        ]
    }

  private static func prepare(_ calendar: any CalendarUnderTest) async throws -> (Made, ProviderEvent) {
    let made = try await calendar.create { $0.attendees = [try guest("bob@example.org")] }
    return (made, try await calendar.read(made))
  }

  /// The error of a call during which a fault occurs; nil when it succeeds.
  ///
  /// The error must contain neither what people wrote nor a secret.
  private static func provoke(
    _ call: Call,
    _ fault: FaultyTransport.Fault,
    on calendar: any CalendarUnderTest
  ) async throws -> ProviderError? {
    let (made, current) = try await prepare(calendar)
    calendar.network.set(fault, where: { calendar.isAPI($0) })
    defer { calendar.network.set(nil) }
    do {
      try await call.run(calendar, made, current)
      return nil
    } catch let error as ProviderError {
      let text = "\(error)"
      for secret in try await calendar.secrets {
        try expect(!text.contains(secret), "the error tells a secret or what is personal")
      }
      return error
    }
  }
}

extension CalendarConformance.Call {
  /// Whether the call reaches a provider, which can fail.
  fileprivate func canFail(on calendar: any CalendarUnderTest) -> Bool {
    calendar.provider.storesEvents && isOffered(calendar.provider)
  }
}

extension CalendarUnderTest {
  /// Texts that no error may contain.
  fileprivate var secrets: [String] {
    get async throws {
      let credentials = try await session.credentials()
      return credentials.values.filter { ["accessToken", "refreshToken", "password"].contains($0.key) }.map(
        \.value
      )
        + [
          CalendarConformance.channelToken, "bob@example.org", session.account.handle.rawValue,
          "Quarterly review",
        ]
    }
  }
}
