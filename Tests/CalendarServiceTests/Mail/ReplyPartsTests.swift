import CalendarCore
import CalendarService
import Foundation
import JobQueue
import Testing

/// Answers that say more than one thing, or say it in another form.
@Suite(.timeLimit(.minutes(5))) struct ReplyPartsTests {
  private func series(_ world: World) async throws -> CalendarEvent {
    let series = try await world.made {
      $0.attendees = [.init(email: "a+x@client.example", displayName: "Anna")]
      $0.recurrence = ["RRULE:FREQ=DAILY;COUNT=4"]
    }
    try await world.useCases.runner.runDueJobs()
    return series
  }

  private func statuses(_ world: World) async throws -> [CalendarEventResponseStatus] {
    try await world.listed().map { $0.attendees[0].responseStatus }
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
    let world = try await World(sendsInvitations: false)
    let series = try await series(world)
    let parts = [
      part(series, "ACCEPTED"), part(series, "DECLINED", Self.second), part(series, "TENTATIVE", Self.third),
    ]
    let content = together ? reply(parts) : parts.map { reply([$0]) }.joined()
    _ = try await world.useCases.mail.receiveReply(content, caller: world.ada)
    #expect(try await statuses(world) == [.accepted, .declined, .tentative, .accepted])
  }

  @Test func `an answer to this and the following leaves what is before`() async throws {
    let world = try await World(sendsInvitations: false)
    let series = try await series(world)
    _ = try await world.useCases.mail.receiveReply(reply([part(series, "ACCEPTED")]), caller: world.ada)
    let following = Self.third.replacing("RECURRENCE-ID", with: "RECURRENCE-ID;RANGE=THISANDFUTURE")
    _ = try await world.useCases.mail.receiveReply(
      reply([part(series, "DECLINED", following, at: 10)]),
      caller: world.ada
    )
    #expect(try await statuses(world) == [.accepted, .accepted, .declined, .declined])
  }

  @Test(arguments: ["RECURRENCE-ID;TZID=Plant:20260604T100000", "RECURRENCE-ID:soon"])
  func `an occurrence that cannot be read is told as such`(line: String) async throws {
    let world = try await World(sendsInvitations: false)
    let series = try await series(world)
    let error = await #expect(throws: InvalidInput.self) {
      try await world.useCases.mail.receiveReply(reply([part(series, "DECLINED", line)]), caller: world.ada)
    }
    #expect(error?.message == "It can't be read which occurrence this reply is to.")
    #expect(try await statuses(world) == [.needsAction, .needsAction, .needsAction, .needsAction])
  }

  /// ccs-calendarserver#541: Office 365 drops what follows the plus from the organizer.
  @Test(arguments: [
    "ORGANIZER:", "ORGANIZER:invalid:nomail", "ORGANIZER;EMAIL=ada@phos.example:/1/principal/",
    "ORGANIZER:mailto:adacrm@phos.example",
  ])
  func `the organizer may be spelled in any way`(organizer: String) async throws {
    let world = try await World(sendsInvitations: false)
    let series = try await series(world)
    _ = try await world.useCases.mail.receiveReply(
      reply([part(series, "ACCEPTED", organizer)]),
      caller: world.ada
    )
    #expect(try await statuses(world) == [.accepted, .accepted, .accepted, .accepted])
  }
}
