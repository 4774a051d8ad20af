import CalendarCore
import CalendarService
import Foundation
import ICalendar
import JobQueue
import TestSupport
import Testing

/// Random changes of a series: each guest's own calendar, which only knows our emails, shows what ours shows, and no
/// change is mailed to a guest twice.
@Suite(.timeLimit(.minutes(10))) struct NoticeHistoryTests {
  private static let addresses = ["a@client.example", "b@client.example", "c@client.example"]

  /// The number of histories; `PHOS_NOTICE_HISTORIES` sets another one.
  private static let count =
    ProcessInfo.processInfo.environment["PHOS_NOTICE_HISTORIES"].flatMap { UInt64($0) } ?? 8

  @Test(arguments: 0..<count)
  func `guests hear of every change once, and know the meetings as they are`(_ seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let fixture = try await TestWorkspace(sendsInvitations: false)
    _ = try await fixture.made {
      $0.attendees = [.init(email: Self.addresses[0])]
      $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=9"]
    }
    var (calendars, seen) = ([String: GuestCalendar](), 0)
    for step in 0..<14 {
      fixture.clock.advance(by: 60)
      let change = step == 0 ? "creation" : try await Self.change(fixture, step, &random)
      try await fixture.useCases.runner.runDueJobs()
      let mails = try fixture.mail.sent.dropFirst(seen).map(GuestMail.init)
      seen = fixture.mail.sent.count
      var counts: [String: Int] = [:]
      for mail in mails {
        let uid = try #require(mail.message.events.first?.property("UID")?.value)
        counts["\(mail.message.method.rawValue) \(mail.to) \(uid)", default: 0] += 1
        try calendars[mail.to, default: GuestCalendar()].receive(mail.message, for: mail.to)
      }
      let context = "seed \(seed), step \(step): \(change)"
      #expect(counts.values.allSatisfy { $0 == 1 }, "\(context): \(mails)")
      for guest in Self.addresses {
        let known = calendars[guest]?.shown(to: guest) ?? []
        let ours = try await Self.shown(to: guest, fixture)
        #expect(known == ours, "\(context), \(guest): \(mails)")
      }
    }
  }

  /// Start and title of what our calendar shows and the guest is invited to.
  private static func shown(to guest: String, _ fixture: TestWorkspace) async throws -> Set<String> {
    let events = try await fixture.listed(0...250).filter { event in
      event.attendees.contains { $0.handle.rawValue == guest }
    }
    return Set(events.map { line($0.timing, $0.title) })
  }

  fileprivate static func line(_ timing: EventTiming, _ title: String) -> String {
    "\(timing.startInstant(in: .utc).formatted(.iso8601)) \(title)"
  }

  /// Changes something, and says what.
  private static func change(_ fixture: TestWorkspace, _ step: Int, _ random: inout SeededRandom) async throws
    -> String
  {
    let listed = try await fixture.listed(0...250)
    guard !listed.isEmpty else { return "nothing is left" }
    let event = random.pick(listed)
    let isSeries = event.seriesID != nil || event.isRecurring || event.originalStart != nil
    let scope: RecurrenceScope? = isSeries ? random.pick([.this, .this, .all, .thisAndFollowing]) : nil
    let words = "\(scope?.rawValue ?? "single") \(event.reference)"
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1:
      // Not so often the last thing that happens.
      if scope == .all || scope == nil { return "left alone" }
      try await fixture.delete(event.reference, scope: scope)
      return "delete \(words)"
    case 2...4:
      try await fixture.update(event.reference) { ($0.title, $0.scope) = ("Title \(step)", scope) }
      return "rename \(words)"
    case 5...6:
      guard case .timed(let start, let end) = event.timing else { return "left alone" }
      let hours = Double(Int.random(in: 1...3, using: &random)) * 3600
      try await fixture.update(event.reference) {
        $0.startsAt = TestWorkspace.written(
          ZonedDateTime(instant: start.instant.addingTimeInterval(hours), zone: start.zone)
        )
        $0.endsAt = TestWorkspace.written(
          ZonedDateTime(instant: end.instant.addingTimeInterval(hours), zone: end.zone)
        )
        $0.scope = scope
      }
      return "move \(words) by \(hours / 3600) h"
    default:
      let guests = addresses.filter { _ in random.chance(0.5) }
      try await fixture.update(event.reference) {
        $0.attendees = guests.map { CreateEventInput.Attendee(email: $0) }
        $0.scope = scope
      }
      return "invite \(guests) to \(words)"
    }
  }
}

/// A guest's calendar: what our messages came to (RFC 5546 §2.1).
private struct GuestCalendar {
  private var events: [String: ScheduledEvent] = [:]

  mutating func receive(_ message: SchedulingMessage, for guest: String) throws {
    let uid = try #require(message.events.first?.property("UID")?.value)
    let known = events[uid] ?? ScheduledEvent(uid: uid)
    events[uid] = known.receiving(message, for: [guest]).event
  }

  /// Start and title of everything that takes place with the guest.
  func shown(to guest: String) -> Set<String> {
    var shown: Set<String> = []
    for event in events.values {
      let overrides = event.componentsWithExclusions.filter { $0.recurrenceID != nil }
      guard let master = event.componentsWithExclusions.first(where: { $0.recurrenceID == nil }),
        master.status != .cancelled
      else {
        shown.formUnion(overrides.compactMap { Self.line($0, at: $0.timing, guest) })
        continue
      }
      let series = EventSeries(master: master, overrides: overrides)
      let span = series.between(TestWorkspace.start, TestWorkspace.start.addingTimeInterval(250 * 86_400))
      shown.formUnion(
        span.instances.compactMap { Self.line(series.event(for: $0), at: $0.timing, guest) }
      )
    }
    return shown
  }

  private static func line(_ event: EventComponent, at timing: EventTiming?, _ guest: String) -> String? {
    guard let timing, event.status != .cancelled,
      event.attendees.contains(where: { $0.user.address.lowercased() == guest })
    else { return nil }
    return NoticeHistoryTests.line(timing, event.summary ?? "")
  }
}
