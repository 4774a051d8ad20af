import Foundation
import JSONModel
import TestSupport
import Testing

@testable import ProviderEmulators

@Suite(.timeLimit(.minutes(5))) struct GoogleNotificationDeliveryTests {
  @Test func `a receiver that is busy is tried again later, each time later`() async throws {
    let (sleeps, listener) = (ManualSleepClock(), ChannelListener(statuses: [503, 500, 502]))
    let probe = try Probe(notificationPause: sleeps)
    try await listener.run { (url: String) async throws -> Void in
      probe.send("POST", Probe.watch, Probe.channel("one", at: url))
      // The API goes on while a notification waits.
      #expect(probe.send("POST", Probe.events, Probe.event("aaaaa")).status == 200)
      var waits: [Duration?] = []
      for _ in 0..<3 { waits.append(await sleeps.endNextSleep()) }
      #expect(waits == [.seconds(1), .seconds(2), .seconds(4)])
      try await listener.wait(for: 5)
      #expect(listener.states == ["sync", "sync", "sync", "sync", "exists"])
      #expect(Set(listener.numbers.prefix(4)) == [1])
    }
  }

  @Test func `after four attempts, or an answer that is final, the notification is lost`() async throws {
    let (sleeps, listener) = (ManualSleepClock(), ChannelListener(statuses: [503, 503, 503, 503, 404]))
    let probe = try Probe(notificationPause: sleeps)
    try await listener.run { (url: String) async throws -> Void in
      probe.send("POST", Probe.watch, Probe.channel("one", at: url))
      probe.send("POST", Probe.events, Probe.event("aaaaa"))
      probe.send("POST", Probe.events, Probe.event("bbbbb"))
      for _ in 0..<3 { await sleeps.endNextSleep() }
      try await listener.wait(for: 6)
      #expect(listener.states == ["sync", "sync", "sync", "sync", "exists", "exists"])
      #expect(Set(listener.numbers.suffix(2)).count == 2)
    }
  }

  @Test func `a receiver that is away takes nothing from other channels`() async throws {
    let listener = ChannelListener()
    let probe = try Probe(notificationPause: ManualSleepClock())
    try await listener.run { (url: String) async throws -> Void in
      probe.send("POST", Probe.watch, Probe.channel("away", at: "http://127.0.0.1:9/hook"))
      probe.send("POST", Probe.watch, Probe.channel("here", at: url))
      probe.send("POST", Probe.events, Probe.event("aaaaa"))
      try await listener.wait(for: 2)
      #expect(listener.notifications.allSatisfy { $0.channel == "here" })
    }
  }

  /// The numbers of five notifications that are sent without faults.
  private static let numbers = [1, 5, 7, 13, 16]

  /// The numbers that arrive of an opening and four changes when a fault meets the second notification.
  private func arrivals(
    _ fault: NotificationFault,
    count: Int,
    sleeps: ManualSleepClock = ManualSleepClock(),
    during: () async throws -> Void = {}
  ) async throws -> [Int] {
    let listener = ChannelListener()
    let probe = try Probe(notificationPause: sleeps)
    try await listener.run { (url: String) async throws -> Void in
      probe.send("POST", Probe.watch, Probe.channel("one", at: url))
      probe.google.addNotificationFault(fault)
      for id in ["aaaaa", "bbbbb", "ccccc", "ddddd"] { probe.send("POST", Probe.events, Probe.event(id)) }
      try await during()
      try await listener.wait(for: count)
    }
    return listener.numbers
  }

  @Test func `a notification is lost on request`() async throws {
    #expect(try await arrivals(.init(.drop, count: 1), count: 4) == [1, 7, 13, 16])
    #expect(try await arrivals(.init(.drop, count: 3), count: 2) == [1, 16])
  }

  @Test func `a notification comes twice on request`() async throws {
    #expect(try await arrivals(.init(.repeat, count: 2), count: 7) == [1, 5, 5, 7, 7, 13, 16])
  }

  @Test func `notifications change places on request`() async throws {
    #expect(try await arrivals(.init(.reorder, count: 1), count: 5) == [1, 7, 5, 13, 16])
    #expect(try await arrivals(.init(.reorder), count: 5) == [1, 7, 5, 16, 13])
  }

  @Test func `a notification comes late on request`() async throws {
    let sleeps = ManualSleepClock()
    var wait: Duration?
    let numbers = try await arrivals(.init(.delay, milliseconds: 1500, count: 1), count: 5, sleeps: sleeps) {
      wait = await sleeps.endNextSleep()
    }
    #expect(wait == .milliseconds(1500) && numbers == Self.numbers)
  }

  @Test func `faults are steered from outside, and checked`() throws {
    let probe = try Probe()
    func steer(_ method: String, _ body: String = "") -> Int? {
      probe.google.control(
        EmulatorRequest(
          method: method,
          path: ["_emulator", "notifications", "faults"],
          query: [],
          headers: [:],
          body: Data(body.utf8)
        )
      )?.status
    }
    #expect(steer("POST", #"{"mode":"reorder","count":1}"#) == 204)
    #expect(steer("POST", #"{"mode":"burn"}"#) == 400)
    #expect(steer("POST", #"{"mode":"drop","count":0}"#) == 400)
    #expect(steer("POST", #"{"mode":"delay","milliseconds":-1}"#) == 400)
    #expect(steer("DELETE") == 204)
    for _ in 0..<100 { #expect(probe.google.addNotificationFault(.init(.drop))) }
    #expect(steer("POST", #"{"mode":"drop"}"#) == 400)
  }

  @Test func `the log does not keep the token`() async throws {
    let probe = try Probe()
    #expect(!probe.google.mayLog("events.watch") && !probe.google.mayLog("channels.stop"))
    #expect(probe.google.mayLog("events.insert"))
  }
}
