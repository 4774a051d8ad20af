import CalendarCore
import Foundation
import ICalendar
import Synchronization

extension CalendarConformance {
  static let creating: [CalendarCheck] = [
    CalendarCheck("an event is made once and reads back as it was made") { calendar in
      let made = try await calendar.create {
        ($0.details, $0.location) = ("Bring figures", "Room 4")
        $0.attendees = [try Self.guest("bob@example.org", "Bob"), try Self.guest("eve@example.net")]
      }
      try expect(!made.event.externalID.isEmpty && !made.event.iCalUID.isEmpty, "it has no id")
      try Self.expectSame(made.event.content, made.draft)
      try expect(made.event.isOrganizer && !made.event.isCanceled, "it is not the owner's, or canceled")
      guard calendar.provider.storesEvents else { return }
      let read = try await calendar.read(made)
      try Self.expectSame(read.content, made.draft)
      try expect(read.externalID == made.event.externalID, "it has another id")
      try expect(read.etag == made.event.etag, "nobody changed it, and its etag is another")
      try expect(try await calendar.eventCount == 1, "there is not one event")
    },
    CalendarCheck("a guest's internationalized domain is sent in ASCII, and is the same guest's") {
      calendar in
      let typed = try Self.guest("info@Bücher.example", "Bücher")
      let made = try await calendar.create { $0.attendees = [typed] }
      try expect(made.event.content.attendees.map(\.handle) == [typed.handle], "there is another guest")
      guard calendar.provider.storesEvents else { return }
      let there = try await calendar.read(made).content.addresses.map { $0.lowercased() }
      try expect(there == ["info@xn--bcher-kva.example"], "the domain is not sent in A-labels")
      let changed = try await calendar.change(made, [.title, .attendees]) { content in
        content.title = "Renamed"
        content.attendees = [typed, try Self.guest("new@mail.straße.example")]
      }
      let guests = Set(changed.content.attendees.map(\.handle))
      let wanted = Set([typed.handle, try Self.guest("new@mail.xn--strae-oqa.example").handle])
      try expect(guests == wanted && changed.content.attendees.count == 2, "there are other guests")
      let without = try await calendar.change(made, [.attendees]) { $0.attendees.removeFirst() }
      try expect(without.content.attendees.count == 1, "the guest could not be taken off")
    },
    CalendarCheck("the same event asked for again is the one that is there") { calendar in
      let made = try await calendar.create { $0.attendees = [try Self.guest("bob@example.org")] }
      for _ in 0..<2 {
        let again = try await calendar.provider.createEvent(made.draft, session: calendar.session)
        try expect(again.externalID == made.event.externalID, "another event was made")
        try expect(again.iCalUID == made.event.iCalUID, "it has another UID")
      }
      guard calendar.provider.storesEvents else { return }
      try expect(try await calendar.eventCount == 1, "there is more than one event")
    },
    CalendarCheck("after a lost answer the event is found, and not made again") { calendar in
      guard calendar.provider.storesEvents else { return }
      let draft = try calendar.draft()
      // The first request may be a lookup; each request in turn loses its answer.
      for turn in 0..<4 {
        let before = calendar.network.sent.count
        let count = FaultCounter(turn)
        calendar.network.set(.lostAnswer, where: { calendar.isAPI($0) && count.isDue() })
        let lost = try await failure {
          _ = try await calendar.provider.createEvent(draft, session: calendar.session)
        }
        calendar.network.set(nil)
        try expect(lost == nil || lost == .unavailable, "a lost answer is \(lost?.rawValue ?? "")")
        if calendar.network.sent.count - before <= turn { break }
      }
      let event = try await calendar.provider.createEvent(draft, session: calendar.session)
      try expect(try await calendar.eventCount == 1, "there is not one event")
      let found = try await calendar.provider.event(
        Made(draft: draft, event: event).unconfirmed,
        session: calendar.session
      )
      try expect(found.externalID == event.externalID, "it is not found by our own id")
    },
    CalendarCheck("an event that never was made is not found by our own id") { calendar in
      guard calendar.provider.storesEvents else { return }
      let other = try await calendar.create()
      var made = other
      made.draft.eventID = .init(UUID())
      let unconfirmed = made.unconfirmed
      let read = try await failure {
        _ = try await calendar.provider.event(unconfirmed, session: calendar.session)
      }
      try expect(read == .notFound || read == .gone, "reading says \(read?.rawValue ?? "nothing")")
      let deleted = try await failure {
        try await calendar.provider.deleteEvent(unconfirmed, notifyAttendees: true, session: calendar.session)
      }
      try expect(deleted == .notFound || deleted == .gone, "deleting says \(deleted?.rawValue ?? "nothing")")
      try expect(try await calendar.eventCount == 1, "another event was deleted")
    },
  ]

  static func guest(_ address: String, _ name: String? = nil) throws -> CalendarEventParticipant {
    CalendarEventParticipant(
      handle: try require(EmailAddress(address), "no address"),
      displayName: name,
      responseStatus: .needsAction
    )
  }

  static func expectSame(_ content: EventContent, _ draft: ProviderEventDraft, line: Int = #line) throws {
    try expect(content.title == draft.title, "the title is \(content.title.debugDescription)", line: line)
    try expect(
      content.details == draft.details,
      "the description is \(content.details.debugDescription)",
      line: line
    )
    try expect(
      content.location == draft.location,
      "the place is \(content.location.debugDescription)",
      line: line
    )
    try expect(content.timing.isSame(as: draft.timing), "the time is \(content.timing)", line: line)
    try expect(content.recurrence == draft.recurrence, "the recurrence is \(content.recurrence)", line: line)
    let guests = Set(draft.attendees.map(\.handle.rawValue))
    try expect(content.addresses == guests, "the guests are \(content.addresses)", line: line)
  }
}

/// Selects one request, by its number.
final class FaultCounter: Sendable {
  private let left: Mutex<Int>

  init(_ turn: Int) { left = Mutex(turn) }

  func isDue() -> Bool {
    left.withLock { left in
      left -= 1
      return left == -1
    }
  }
}
