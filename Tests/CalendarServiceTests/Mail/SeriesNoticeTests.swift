import CalendarCore
import Foundation
import ICalendar
import JobQueue
import Testing

@testable import CalendarService

/// Guests of a series hear of each change by one message, and of nothing twice (RFC 5546 §3.2.2 and §3.2.5).
@Suite(.timeLimit(.minutes(5))) struct SeriesNoticeTests {
  private static let choir = CreateEventInput.Attendee(email: "a@client.example")
  private static let once = CreateEventInput.Attendee(email: "once@client.example")

  private struct Scene {
    let fixture: TestWorkspace
    let series: CalendarEvent
    let mailbox: Mailbox

    func at(_ day: String) -> EventReference { EventReference(series.id, OriginalStart("\(day)T080000Z")) }
    func received() async throws -> [GuestMail] { try await mailbox.receive(fixture) }
  }

  /// The emails sent since the last call of `receive`.
  private final class Mailbox {
    private var seen = 0

    func receive(_ fixture: TestWorkspace) async throws -> [GuestMail] {
      try await fixture.useCases.runner.runDueJobs()
      let all = try fixture.mail.sent.map(GuestMail.init)
      defer { seen = all.count }
      return Array(all.dropFirst(seen)).sorted { $0.to < $1.to }
    }
  }

  /// Tuesdays at 10 in Berlin from 2 June 2026, of which the 9th was moved and the 16th canceled.
  private func scene(sendsInvitations: Bool = false, rule: String = "RRULE:FREQ=WEEKLY;COUNT=8") async throws
    -> Scene
  {
    let fixture = try await TestWorkspace(sendsInvitations: sendsInvitations)
    let series = try await fixture.made { ($0.attendees, $0.recurrence) = ([Self.choir], [rule]) }
    let scene = Scene(fixture: fixture, series: series, mailbox: Mailbox())
    try await fixture.update(scene.at("20260609")) {
      ($0.startsAt, $0.endsAt) = (TestWorkspace.june(10, "15:00"), TestWorkspace.june(10, "16:00"))
      $0.scope = .this
    }
    try await fixture.delete(scene.at("20260616"), scope: .this)
    _ = try await scene.received()
    return scene
  }

  @Test func `a change of the series is one message with its exceptions`() async throws {
    let scene = try await scene()
    try await scene.fixture.update(scene.series) { ($0.title, $0.scope) = ("Choir", .all) }
    let mails = try await scene.received()
    #expect(mails.map(\.summary) == ["REQUEST a@client.example"])
    let events = try #require(mails.first?.message.events)
    #expect(events.count == 2)
    // In DTSTART's type and zone (RFC 5545 §3.8.4.4 and §3.8.5.1).
    #expect(events[0].property("EXDATE")?.description.contains("TZID=Europe/Berlin:20260616T100000") == true)
    #expect(
      events[1].property("RECURRENCE-ID")?.description.contains("TZID=Europe/Berlin:20260609T100000") == true
    )
  }

  @Test func `a change of the description mails nothing about what was canceled before`() async throws {
    let scene = try await scene()
    try await scene.fixture.update(scene.series) { ($0.details, $0.scope) = (.set("Bring the notes"), .all) }
    #expect(try await scene.received().map(\.summary) == ["REQUEST a@client.example"])
    try await scene.fixture.update(scene.series) {
      ($0.startsAt, $0.endsAt) = (TestWorkspace.june(2, "13:00"), TestWorkspace.june(2, "14:00"))
      $0.scope = .all
    }
    #expect(try await scene.received().map(\.summary) == ["REQUEST a@client.example"])
  }

  @Test func `a silent change of the series stays silent, and is part of the next one`() async throws {
    let scene = try await scene()
    try await scene.fixture.update(scene.series) {
      ($0.title, $0.scope, $0.sendInvitations) = ("Quiet", .all, false)
    }
    #expect(try await scene.received().isEmpty)
    try await scene.fixture.update(scene.series) { ($0.location, $0.scope) = (.set("Hall"), .all) }
    let mails = try await scene.received()
    #expect(mails.map(\.summary) == ["REQUEST a@client.example"])
    #expect(mails.first?.message.events.map { $0.property("SUMMARY")?.value } == ["Quiet", "Quiet"])
  }

  @Test func `a guest who is added to the series is the only one who hears of it`() async throws {
    let scene = try await scene()
    try await scene.fixture.update(scene.series) {
      ($0.attendees, $0.scope) = ([Self.choir, .init(email: "new@client.example")], .all)
    }
    let mails = try await scene.received()
    #expect(mails.map(\.summary) == ["REQUEST new@client.example"])
    #expect(mails.first?.message.events.count == 2)
  }

  /// The ways in which a series, or a part of it, ends.
  enum Ending: String, CaseIterable {
    case deleted, deletedFromThere, split, shortened, single
  }

  @Test(arguments: Ending.allCases)
  func `a guest of one occurrence hears of its end, however the series ends`(_ ending: Ending) async throws {
    let scene = try await scene()
    let fixture = scene.fixture
    try await fixture.update(scene.at("20260707")) {
      ($0.attendees, $0.scope) = ([Self.choir, Self.once], .this)
    }
    let asked = try await scene.received()
    #expect(asked.map(\.summary) == ["REQUEST once@client.example"])
    switch ending {
    case .deleted: try await fixture.delete(scene.series.reference, scope: .all)
    case .deletedFromThere: try await fixture.delete(scene.at("20260630"), scope: .thisAndFollowing)
    case .split:
      try await fixture.update(scene.at("20260630")) { ($0.title, $0.scope) = ("Second", .thisAndFollowing) }
    case .shortened:
      try await fixture.update(scene.series) {
        ($0.recurrence, $0.scope) = (["RRULE:FREQ=WEEKLY;COUNT=4"], .all)
      }
    case .single: try await fixture.update(scene.series) { ($0.recurrence, $0.scope) = ([], .all) }
    }
    let mails = try await scene.received()
    let own = mails.filter { $0.to == "once@client.example" }
    let canceled = own.filter { $0.message.method == .cancel }
    #expect(canceled.count == 1, "\(mails)")
    #expect(
      canceled.first?.message.events.compactMap { $0.property("RECURRENCE-ID")?.value } == ["20260707T100000"]
    )
    // In the new series the occurrence has another name, to which the guest is invited.
    #expect(own.count == (ending == .split ? 2 : 1))
    let others = mails.filter { $0.to == "a@client.example" }
    #expect(others.count == (ending == .split ? 2 : 1), "\(others)")
  }

  @Test func `a calendar that invites is not asked to cancel again what was canceled before`() async throws {
    let scene = try await scene(sendsInvitations: true)
    let before = scene.fixture.calendar.deletions.count
    try await scene.fixture.update(scene.series) {
      ($0.startsAt, $0.endsAt) = (TestWorkspace.june(2, "13:00"), TestWorkspace.june(2, "14:00"))
      $0.scope = .all
    }
    try await scene.fixture.useCases.runner.runDueJobs()
    #expect(scene.fixture.calendar.deletions.dropFirst(before).allSatisfy { !$0.notifies })
  }

  @Test func `an invitation that a person caused is not marked as automatic`() async throws {
    // RFC 3834 §5.1: auto-generated "MUST NOT be used on manually generated messages".
    let scene = try await scene()
    try await scene.fixture.update(scene.series) { ($0.title, $0.scope) = ("Choir", .all) }
    #expect(try await scene.received().allSatisfy { !$0.headers.contains("Auto-Submitted") })
  }
}

/// The notice that each guest gets, tested without a database.
@Suite(.timeLimit(.minutes(1))) struct GuestNoticeTests {
  private static func version(_ title: String, _ guests: [String], at time: String = "10:00 11:00")
    -> EventVersion
  {
    var version = SampleSeries.event("2026-06-02 \(time) Europe/Berlin", "RRULE:FREQ=WEEKLY").editable
    version.content.title = title
    version.content.attendees = guests.compactMap { EmailAddress("\($0)@client.example") }.map {
      CalendarEventParticipant(handle: $0, displayName: nil, responseStatus: .needsAction)
    }
    return version
  }

  private static func occurrence(_ title: String, _ guests: [String]) -> EventVersion {
    var version = version(title, guests)
    version.content.recurrence = []
    version.content.timing = SampleSeries.timing("2026-06-09 10:00 11:00 Europe/Berlin")
    return version
  }

  private static let second = SampleSeries.original("20260609T080000Z")
  private static let third = SampleSeries.original("20260616T080000Z")

  private static func told(_ before: EventAnnouncement?, _ after: EventAnnouncement?) -> [String] {
    GuestNotice.between(before, and: after).map { notice in
      "\(notice.guest.handle.rawValue.prefix(1)) \(notice.content)".components(separatedBy: "(")[0]
    }
  }

  @Test func `each guest is told what concerns them`() {
    let plain = EventAnnouncement(Self.version("A", ["x", "y"]))
    #expect(Self.told(nil, plain) == ["x event", "y event"])
    #expect(Self.told(plain, plain).isEmpty)
    #expect(
      Self.told(plain, EventAnnouncement(Self.version("B", ["x", "z"]))) == [
        "x event", "y removal", "z event",
      ]
    )
    #expect(Self.told(plain, nil) == ["x cancellation", "y cancellation"])
  }

  @Test func `an occurrence that is as its series says is nothing new`() {
    let plain = EventAnnouncement(Self.version("A", ["x"]))
    var detached = plain
    detached.exceptions[Self.second] = Self.occurrence("A", ["x"])
    #expect(Self.told(plain, detached).isEmpty)
    detached.exceptions[Self.second] = Self.occurrence("Other", ["x"])
    #expect(Self.told(plain, detached) == ["x occurrences"])
    detached.exclusions = [Self.third]
    #expect(Self.told(plain, detached) == ["x canceledOccurrences", "x occurrences"])
  }

  @Test func `guests of one occurrence are told of that alone`() {
    var before = EventAnnouncement(Self.version("A", ["x"]))
    before.exceptions[Self.second] = Self.occurrence("A", ["x", "o"])
    var after = before
    after.version.content.title = "B"
    #expect(Self.told(before, after) == ["x event"])
    after.exceptions[Self.second]?.content.title = "B"
    #expect(Self.told(before, after) == ["o occurrences", "x event"])
    after.exceptions[Self.second] = nil
    #expect(Self.told(before, after) == ["o canceledOccurrences", "x event"])
    #expect(Self.told(before, nil) == ["o canceledOccurrences", "x cancellation"])
  }

  @Test func `a guest who is taken out of occurrences is told so once`() {
    let before = EventAnnouncement(Self.version("A", ["x", "y"]))
    var after = before
    after.exceptions[Self.second] = Self.occurrence("A", ["y"])
    #expect(Self.told(before, after) == ["x removalFromOccurrences"])
    after.exceptions[Self.third] = Self.occurrence("B", ["y"])
    #expect(Self.told(before, after) == ["x removalFromOccurrences", "y occurrences"])
  }

  @Test func `a guest who is asked back to an occurrence gets the series, whose copy excludes it`() {
    var before = EventAnnouncement(Self.version("A", ["x", "y"]))
    before.exceptions[Self.second] = Self.occurrence("A", ["y"])
    var after = before
    after.exceptions[Self.second] = Self.occurrence("A", ["x", "y"])
    #expect(Self.told(before, after) == ["x event"])
    after.exceptions[Self.second] = nil
    #expect(Self.told(before, after) == ["x event"])
    before.exclusions = [Self.third]
    before.exceptions = [:]
    #expect(Self.told(before, after) == ["x event", "y event"])
  }
}
