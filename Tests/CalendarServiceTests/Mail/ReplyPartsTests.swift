import CalendarCore
import CalendarService
import Foundation
import JobQueue
import Testing

/// Answers that say more than one thing, or say it in another form.
@Suite(.timeLimit(.minutes(5))) struct ReplyPartsTests {
  private func series(_ fixture: TestWorkspace) async throws -> CalendarEvent {
    let series = try await fixture.made {
      $0.attendees = [.init(email: "a+x@client.example", displayName: "Anna")]
      $0.recurrence = ["RRULE:FREQ=DAILY;COUNT=4"]
    }
    try await fixture.useCases.runner.runDueJobs()
    return series
  }

  private func statuses(_ fixture: TestWorkspace) async throws -> [CalendarEventResponseStatus] {
    try await fixture.listed().map { $0.attendees[0].responseStatus }
  }

  private func part(_ event: CalendarEvent, _ status: String, _ more: String = "", at hour: Int = 9) -> String
  {
    [
      "BEGIN:VEVENT", "UID:\(event.iCalUID)", "DTSTAMP:20260601T\(hour < 10 ? "0" : "")\(hour)0000Z",
      "SEQUENCE:\(event.sequence)", "ATTENDEE;PARTSTAT=\(status):mailto:A%2Bx@client.example", more,
      "END:VEVENT",
    ].filter { !$0.isEmpty }.joined(separator: "\r\n")
  }

  private func reply(_ parts: [String]) -> String {
    (["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "METHOD:REPLY"] + parts + ["END:VCALENDAR", ""])
      .joined(separator: "\r\n")
  }

  private static let second = "RECURRENCE-ID;TZID=Europe/Berlin:20260603T100000"
  private static let third = "RECURRENCE-ID;TZID=Europe/Berlin:20260604T100000"

  /// nextcloud/mail#10811: the series and its exceptions are answered in one message (RFC 5546 §3.2.3).
  @Test(arguments: [true, false])
  func `each event of a reply counts, also in VCALENDARs of their own`(together: Bool) async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    let series = try await series(fixture)
    let parts = [
      part(series, "ACCEPTED"), part(series, "DECLINED", Self.second), part(series, "TENTATIVE", Self.third),
    ]
    let content = together ? reply(parts) : parts.map { reply([$0]) }.joined()
    _ = try await fixture.useCases.mail.receiveReply(content, caller: fixture.ada)
    #expect(try await statuses(fixture) == [.accepted, .declined, .tentative, .accepted])
  }

  @Test(arguments: [true, false])
  func `a part about no meeting of the series is told, and the others count`(together: Bool) async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    let series = try await series(fixture)
    let none = "RECURRENCE-ID;TZID=Europe/Berlin:20260620T100000"
    func receive(_ parts: [String]) async throws -> [String] {
      let content = together ? reply(parts) : parts.map { reply([$0]) }.joined()
      return try await fixture.useCases.mail.receiveReply(content, caller: fixture.ada).received.ignoredParts
    }
    let unknown = "The series has no meeting at the time this reply is for."
    let first = try await receive([
      part(series, "ACCEPTED"), part(series, "DECLINED", Self.second), part(series, "DECLINED", none),
      part(series, "DECLINED", none.replacing("20260620", with: "20260621")),
    ])
    #expect(first == [unknown])
    let answered: [CalendarEventResponseStatus] = [.accepted, .declined, .accepted, .accepted]
    #expect(try await statuses(fixture) == answered)
    // It comes again, with more: what has counted already is no reason to complain.
    let more = try await receive([
      part(series, "DECLINED", Self.second), part(series, "DECLINED", none, at: 10),
      part(series, "TENTATIVE", Self.third, at: 10), part(series, "DECLINED", "RECURRENCE-ID:soon", at: 10),
      part(series, "DECLINED", at: 10).replacing(series.iCalUID, with: "other@client.example"),
      part(series, "DECLINED", Self.third, at: 10).replacing("A%2Bx@", with: "stranger@"),
    ])
    #expect(
      more == [
        unknown, "It can't be read which occurrence this reply is to.",
        "Part of this reply is for another meeting.",
        "stranger@client.example isn't invited to this meeting.",
      ]
    )
    #expect(try await statuses(fixture) == [.accepted, .declined, .tentative, .accepted])
  }

  @Test func `a reply of which nothing counts is refused for all its reasons`() async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    let series = try await series(fixture)
    let error = await #expect(throws: InvalidInput.self) {
      try await fixture.useCases.mail.receiveReply(
        reply([
          part(series, "DECLINED", "RECURRENCE-ID:20260620T080000Z"),
          part(series, "DECLINED", "RECURRENCE-ID:soon"),
        ]),
        caller: fixture.ada
      )
    }
    #expect(
      error?.message == "The series has no meeting at the time this reply is for. "
        + "It can't be read which occurrence this reply is to."
    )
  }

  @Test func `an answer to this and the following leaves what is before`() async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    let series = try await series(fixture)
    _ = try await fixture.useCases.mail.receiveReply(reply([part(series, "ACCEPTED")]), caller: fixture.ada)
    let following = Self.third.replacing("RECURRENCE-ID", with: "RECURRENCE-ID;RANGE=THISANDFUTURE")
    _ = try await fixture.useCases.mail.receiveReply(
      reply([part(series, "DECLINED", following, at: 10)]),
      caller: fixture.ada
    )
    #expect(try await statuses(fixture) == [.accepted, .accepted, .declined, .declined])
  }

  @Test(arguments: ["RECURRENCE-ID;TZID=Plant:20260604T100000", "RECURRENCE-ID:soon"])
  func `an occurrence that cannot be read is told as such`(line: String) async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    let series = try await series(fixture)
    let error = await #expect(throws: InvalidInput.self) {
      try await fixture.useCases.mail.receiveReply(
        reply([part(series, "DECLINED", line)]),
        caller: fixture.ada
      )
    }
    #expect(error?.message == "It can't be read which occurrence this reply is to.")
    #expect(try await statuses(fixture) == [.needsAction, .needsAction, .needsAction, .needsAction])
  }

  /// ccs-calendarserver#541: Office 365 drops what follows the plus from the organizer.
  @Test(arguments: [
    "ORGANIZER:", "ORGANIZER:invalid:nomail", "ORGANIZER;EMAIL=ada@phos.example:/1/principal/",
    "ORGANIZER:mailto:adacrm@phos.example",
  ])
  func `the organizer may be spelled in any way`(organizer: String) async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    let series = try await series(fixture)
    _ = try await fixture.useCases.mail.receiveReply(
      reply([part(series, "ACCEPTED", organizer)]),
      caller: fixture.ada
    )
    #expect(try await statuses(fixture) == [.accepted, .accepted, .accepted, .accepted])
  }
}
