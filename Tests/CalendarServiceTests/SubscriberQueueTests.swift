import CalendarCore
import Foundation
import TestSupport
import Testing

@testable import CalendarService

/// The updates that wait for one subscriber, and the position from which it can resume.
@Suite(.timeLimit(.minutes(5))) struct SubscriberQueueTests {
  private let events = (0..<4).map { _ in CalendarEvent.ID(UUID()) }

  private func horizon(_ next: Int64) -> SnapshotPosition {
    SnapshotPosition(next: next, instant: Date(timeIntervalSince1970: 0))
  }

  @Test func `an event that changes again while it waits is handed out once`() async throws {
    let mailbox = SubscriberQueue(event: nil, start: horizon(1))
    mailbox.enqueue([events[0], events[1]], upTo: horizon(2))
    mailbox.enqueue([events[1], events[0], events[2]], upTo: horizon(3))
    #expect(try await mailbox.dequeue(atMost: 9)?.events == [events[0], events[1], events[2]])
    // Once handed out, its next change is news.
    mailbox.enqueue([events[1]], upTo: horizon(4))
    #expect(try await mailbox.dequeue(atMost: 9)?.events == [events[1]])
  }

  @Test func `a position never passes what was not handed out`() async throws {
    let mailbox = SubscriberQueue(event: nil, start: horizon(1))
    #expect(mailbox.position.next == 1)
    mailbox.enqueue([], upTo: horizon(2))
    #expect(mailbox.position.next == 2)
    mailbox.enqueue([events[0]], upTo: horizon(3))
    #expect(mailbox.position.next == 1)
    mailbox.enqueue([events[1], events[2]], upTo: horizon(4))
    let first = try #require(try await mailbox.dequeue(atMost: 2))
    #expect(first.before.next == 1 && first.after.next == 1)
    let second = try #require(try await mailbox.dequeue(atMost: 2))
    #expect(second.before.next == 1 && second.after.next == 4)
    mailbox.enqueue([], upTo: horizon(5))
    // The second batch may still be on its way.
    #expect(mailbox.position.next == 1)
    let third = Task { try await mailbox.dequeue(atMost: 2) }
    try await waitUntil { mailbox.position.next == 5 }
    third.cancel()
    #expect(try await third.value == nil)
  }

  @Test func `a subscriber to one event gets no other, and moves on with all`() async throws {
    let mailbox = SubscriberQueue(event: events[1], start: horizon(1))
    mailbox.enqueue([events[0], events[2]], upTo: horizon(2))
    #expect(mailbox.position.next == 2)
    mailbox.enqueue(events, upTo: horizon(3))
    #expect(try await mailbox.dequeue(atMost: 9)?.events == [events[1]])
  }

  @Test func `a subscriber that lets too much wait has to start over`() async throws {
    let mailbox = SubscriberQueue(event: nil, start: horizon(1))
    mailbox.enqueue((0..<1000).map { _ in CalendarEvent.ID(UUID()) }, upTo: horizon(2))
    #expect(try await mailbox.dequeue(atMost: 1)?.events.count == 1)
    mailbox.enqueue([events[0]], upTo: horizon(3))
    #expect(try await mailbox.dequeue(atMost: 1)?.events.count == 1)
    mailbox.enqueue([events[1], events[2]], upTo: horizon(4))
    await #expect(throws: ResumePositionExpired()) { try await mailbox.dequeue(atMost: 1) }
  }

  @Test func `an end reaches a subscriber that waits`() async throws {
    let mailbox = SubscriberQueue(event: nil, start: horizon(1))
    let waiting = Task { try await mailbox.dequeue(atMost: 1) }
    mailbox.end(.success(()))
    #expect(try await waiting.value == nil)
    mailbox.enqueue(events, upTo: horizon(2))
    #expect(try await mailbox.dequeue(atMost: 1) == nil)
  }

  @Test func `a position is read as it was written, however many were open`() throws {
    let instant = Date(timeIntervalSince1970: 1_780_300_800.123)
    for open: [Int64] in [[], [7], Array(1...32)] {
      let horizon = SnapshotPosition(next: 40, open: open, instant: instant)
      #expect(try ResumePosition(ResumePosition(horizon).description).horizon == horizon)
    }
    let many = SnapshotPosition(next: 40, open: Array(3...39), instant: instant)
    let shortened = try ResumePosition(ResumePosition(many).description).horizon
    #expect(shortened == SnapshotPosition(next: 3, instant: instant))
  }

  @Test(arguments: [
    "", "1", "-", "1-", "-1-2", "1--2", "a-b", "1-2-x", "+1-2", "1-2 ", "１-2", "99999999999999999999-1",
    (0...40).map(String.init).joined(separator: "-"),
  ])
  func `what is no position is refused`(text: String) {
    #expect(throws: InvalidInput.self) { try ResumePosition(text) }
  }
}
