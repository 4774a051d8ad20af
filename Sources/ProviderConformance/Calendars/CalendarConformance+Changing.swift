import CalendarCore
import ICalendar
import ProviderKit

extension CalendarConformance {
  static let changing: [CalendarCheck] = [
    CalendarCheck("only what is named is changed") { calendar in
      guard calendar.provider.storesEvents else { return }
      let made = try await calendar.create {
        ($0.details, $0.location) = ("Bring figures", "Room 4")
        $0.attendees = [try Self.guest("bob@example.org")]
      }
      let changed = try await calendar.change(made, [.title]) {
        ($0.title, $0.details, $0.location, $0.attendees) = ("Renamed", "Not this", "Nor this", [])
      }
      var wanted = made.draft
      wanted.title = "Renamed"
      try Self.expectSame(changed.content, wanted)
      try Self.expectSame(try await calendar.read(made).content, wanted)
      try expect(changed.externalID == made.event.externalID, "it has another id")
      try expect(changed.etag == nil || changed.etag != made.event.etag, "the etag is the old one")
    },
    CalendarCheck("everything can be changed, and emptied") { calendar in
      let made = try await calendar.create { $0.attendees = [try Self.guest("bob@example.org")] }
      let current = calendar.provider.storesEvents ? nil : made.event
      var wanted = made.draft
      wanted.title = "T"
      wanted.details = "D"
      wanted.location = "L"
      wanted.timing = try Self.timed("2027-03-29T10:00:00", "2027-03-29T12:00:00", zone: "America/New_York")
      wanted.attendees = [try Self.guest("eve@example.net")]
      let all: Set<EventField> = [.title, .details, .location, .timing, .attendees]
      let changed = try await calendar.change(made, all, from: current) { $0.take(wanted) }
      try Self.expectSame(changed.content, wanted)
      wanted.details = nil
      wanted.location = nil
      wanted.attendees = []
      let emptied = try await calendar.change(made, all, from: current == nil ? nil : changed) {
        $0.take(wanted)
      }
      try Self.expectSame(emptied.content, wanted)
      guard calendar.provider.storesEvents else { return }
      try Self.expectSame(try await calendar.read(made).content, wanted)
    },
    CalendarCheck("a meeting becomes a day, and a meeting again") { calendar in
      guard calendar.provider.storesEvents else { return }
      let made = try await calendar.create()
      for timing in [try Self.allDay("2027-02-01", "2027-02-03"), made.draft.timing] {
        let changed = try await calendar.change(made, [.timing]) { $0.timing = timing }
        try expect(changed.content.timing.isSame(as: timing), "it is \(changed.content.timing)")
        let read = try await calendar.read(made).content.timing
        try expect(read.isSame(as: timing), "it is \(read) there")
      }
    },
    CalendarCheck("a meeting without a length is kept as it is, or refused") { calendar in
      guard calendar.provider.storesEvents else { return }
      let made = try await calendar.create()
      let moment = try Self.timed("2027-02-01T10:00:00", "2027-02-01T10:00:00")
      let refused = try await failure { try await calendar.change(made, [.timing]) { $0.timing = moment } }
      if refused != nil {
        try expect(refused == .rejected, "the error is \(refused?.rawValue ?? "")")
        let read = try await calendar.read(made).content.timing
        try expect(read.isSame(as: made.draft.timing), "it is \(read)")
        return
      }
      for day in ["2027-02-01", "2027-02-03"] {
        let timing = try Self.timed("\(day)T10:00:00", "\(day)T10:00:00")
        let moved = try await calendar.change(made, [.title, .timing]) {
          ($0.title, $0.timing) = (day, timing)
        }
        try expect(moved.content.timing.isSame(as: timing), "it is \(moved.content.timing)")
        let read = try await calendar.read(made).content.timing
        try expect(read.isSame(as: timing), "it is \(read) there")
      }
    },
    CalendarCheck("what another client has changed since is not overwritten") { calendar in
      guard calendar.provider.storesEvents else { return }
      let made = try await calendar.create()
      let before = try await calendar.read(made)
      try await calendar.changeOutside(before, title: "Theirs", guest: "zoe@example.net")
      let error = try await failure {
        try await calendar.change(made, [.title], from: before) { $0.title = "Ours" }
      }
      try expect(error == .conflict, "the error is \(error?.rawValue ?? "none")")
      try expect(try await calendar.read(made).content.title == "Theirs", "it was overwritten")
    },
    CalendarCheck("guests whom others have asked stay when we add or remove some") { calendar in
      guard calendar.provider.storesEvents else { return }
      let made = try await calendar.create {
        $0.attendees = [try Self.guest("bob@example.org"), try Self.guest("eve@example.net")]
      }
      try await calendar.changeOutside(made.event, title: "Theirs", guest: "zoe@example.net")
      let joined = try await calendar.change(made, [.attendees]) {
        $0.attendees.removeAll { $0.handle.rawValue == "bob@example.org" }
        $0.attendees.append(try Self.guest("new@example.com", "New"))
      }
      let wanted: Set = ["eve@example.net", "zoe@example.net", "new@example.com"]
      try expect(joined.content.addresses == wanted, "the guests are \(joined.content.addresses)")
      let read = try await calendar.read(made).content
      try expect(read.addresses == wanted && read.title == "Theirs", "there the guests are \(read.addresses)")
    },
    CalendarCheck("changing nothing writes nothing") { calendar in
      guard calendar.provider.storesEvents else { return }
      let made = try await calendar.create()
      let before = try await calendar.read(made)
      let sent = calendar.network.sent.count
      let after = try await calendar.change(made, [], from: before)
      try expect(after.content == before.content, "it is another one")
      try expect(
        calendar.network.sent.dropFirst(sent).allSatisfy { $0.method == "GET" },
        "something was written"
      )
      try expect(try await calendar.read(made).etag == before.etag, "there is another version")
    },
    CalendarCheck("an event that was deleted since takes no change") { calendar in
      guard calendar.provider.storesEvents else { return }
      let made = try await calendar.create()
      let before = try await calendar.read(made)
      try await calendar.delete(made)
      let error = try await failure {
        try await calendar.change(made, [.title], from: before) { $0.title = "Back" }
      }
      try expect([.gone, .notFound, .conflict].contains(error), "the error is \(error?.rawValue ?? "none")")
      let read = try await failure { _ = try await calendar.read(made) }
      try expect(read == .gone || read == .notFound, "it is back")
    },
  ]

  static let deleting: [CalendarCheck] = [
    CalendarCheck("what was deleted is gone, and deleting it again says so") { calendar in
      let made = try await calendar.create { $0.attendees = [try Self.guest("bob@example.org")] }
      let other = try await calendar.create()
      try await calendar.delete(made)
      guard calendar.provider.storesEvents else { return }
      let read = try await failure { _ = try await calendar.read(made) }
      try expect(read == .gone || read == .notFound, "reading says \(read?.rawValue ?? "nothing")")
      let again = try await failure { try await calendar.delete(made) }
      try expect(again == .gone || again == .notFound, "deleting says \(again?.rawValue ?? "nothing")")
      try Self.expectSame(try await calendar.read(other).content, other.draft)
      try expect(try await calendar.eventCount == 1, "there is not one event left")
    },
    CalendarCheck("after a lost answer to a deletion the event is gone") { calendar in
      guard calendar.provider.storesEvents else { return }
      let made = try await calendar.create()
      calendar.network.set(.lostAnswer, where: { calendar.isAPI($0) && $0.method != "GET" })
      let lost = try await failure { try await calendar.delete(made) }
      calendar.network.set(nil)
      try expect(lost == .unavailable, "a lost answer is \(lost?.rawValue ?? "none")")
      let again = try await failure { try await calendar.delete(made) }
      try expect(again == .gone || again == .notFound, "deleting says \(again?.rawValue ?? "nothing")")
    },
    CalendarCheck("a deleted event does not come back when it is asked for again") { calendar in
      guard calendar.provider.storesEvents else { return }
      let made = try await calendar.create()
      try await calendar.delete(made)
      // A provider that remembers ids reports that it is deleted; another one may create it again, once.
      _ = try await failure {
        _ = try await calendar.provider.createEvent(made.draft, session: calendar.session)
      }
      try expect(try await calendar.eventCount <= 1, "there is more than one event")
    },
  ]
}

extension EventContent {
  fileprivate mutating func take(_ draft: ProviderEventDraft) {
    title = draft.title
    details = draft.details
    location = draft.location
    timing = draft.timing
    recurrence = draft.recurrence
    attendees = draft.attendees
  }
}
