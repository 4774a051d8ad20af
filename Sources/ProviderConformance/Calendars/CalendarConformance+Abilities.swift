import CalendarCore
import Foundation
import ICalendar

extension CalendarConformance {
  static let answering: [CalendarCheck] = [
    CalendarCheck("an invitation is answered for the owner, and for nobody else") { calendar in
      guard let answering = calendar.provider as? any InvitationResponder,
        let reference = try await calendar.invitation()
      else { return }
      func read() async throws -> ProviderEvent {
        try await calendar.provider.event(reference, session: calendar.session)
      }
      let invited = try await read()
      try expect(!invited.isOrganizer, "the owner is taken for the organizer")
      try expect(
        invited.response == .needsAction,
        "the response before any is \(String(describing: invited.response))"
      )
      let organizer = try require(invited.organizer, "nobody called the meeting")
      try expect(
        organizer.isOrganizer && organizer.handle != calendar.session.account.handle
          && !invited.content.attendees.contains { $0.handle == organizer.handle },
        "the organizer is \(organizer.handle)"
      )
      let others = Self.answers(invited.content, without: calendar.session.account.handle)
      for answer in [CalendarEventResponseStatus.accepted, .tentative, .declined] {
        let answered = try await answering.respond(
          reference,
          current: try await read(),
          response: answer,
          session: calendar.session
        )
        var told = [answered]
        do { told.append(try await read()) } catch let error as ProviderError {
          // Some providers delete events that are declined.
          let isGone = error == .gone || error == .notFound
          try expect(answer == .declined && isGone, "reading says \(ProviderErrorKind(error).rawValue)")
        }
        for event in told {
          let content = event.content
          try expect(
            event.response == answer,
            "the owner's response is \(String(describing: event.response))"
          )
          let own = content.attendees.first { $0.handle == calendar.session.account.handle }
          try expect(
            own?.responseStatus == answer,
            "the answer is \(String(describing: own?.responseStatus))"
          )
          try expect(
            Self.answers(content, without: calendar.session.account.handle) == others,
            "others' answers were changed"
          )
          try expect(content.title == invited.content.title, "the meeting was changed")
        }
      }
    },
    CalendarCheck("the same answer again changes nothing") { calendar in
      guard let answering = calendar.provider as? any InvitationResponder,
        let reference = try await calendar.invitation()
      else { return }
      var current = try await calendar.provider.event(reference, session: calendar.session)
      current = try await answering.respond(
        reference,
        current: current,
        response: .accepted,
        session: calendar.session
      )
      let again = try await answering.respond(
        reference,
        current: current,
        response: .accepted,
        session: calendar.session
      )
      try expect(again.etag == current.etag, "there is another version")
    },
    CalendarCheck("an answer to a version that is no longer there is refused, or changes the answer only") {
      calendar in
      guard let answering = calendar.provider as? any InvitationResponder,
        let reference = try await calendar.invitation()
      else { return }
      let before = try await calendar.provider.event(reference, session: calendar.session)
      _ = try await answering.respond(
        reference,
        current: before,
        response: .declined,
        session: calendar.session
      )
      let stale = try await failure {
        _ = try await answering.respond(
          reference,
          current: before,
          response: .accepted,
          session: calendar.session
        )
      }
      try expect([nil, .conflict, .gone, .notFound].contains(stale), "the error is \(stale?.rawValue ?? "")")
    },
    CalendarCheck("an account that is not invited can neither answer nor change the meeting") { calendar in
      guard let answering = calendar.provider as? any InvitationResponder else { return }
      let made = try await calendar.create { $0.attendees = [try Self.guest("bob@example.org")] }
      let current = try await calendar.read(made)
      let own = try await failure {
        _ = try await answering.respond(
          made.reference(),
          current: current,
          response: .declined,
          session: calendar.session
        )
      }
      try expect(
        own == .rejected || own == .forbidden,
        "the organizer's own answer: \(own?.rawValue ?? "taken")"
      )
      guard let reference = try await calendar.invitation() else { return }
      let invited = try await calendar.provider.event(reference, session: calendar.session)
      let change = ProviderEventChange(
        fields: [.title],
        content: EventContent(title: "Mine", timing: invited.content.timing),
        organizer: made.draft.organizer,
        notifyAttendees: true,
        changedAt: Date(timeIntervalSince1970: 1_790_100_000)
      )
      let error = try await failure {
        _ = try await calendar.provider.updateEvent(
          reference,
          current: invited,
          change: change,
          session: calendar.session
        )
      }
      try expect(error == .forbidden, "changing another organizer's meeting: \(error?.rawValue ?? "done")")
      let read = try await calendar.provider.event(reference, session: calendar.session)
      try expect(read.content.title == invited.content.title, "it was changed")
    },
  ]

  static let listing: [CalendarCheck] = [
    CalendarCheck(
      "changes are told from where one was: made, changed, deleted, and nothing twice for nothing"
    ) {
      calendar in
      guard calendar.provider is any ChangeFeedProvider else { return }
      let first = try await calendar.create()
      let (all, start) = try await calendar.allChanges()
      try expect(
        Self.events(all).map(\.locator.externalID) == [first.event.externalID],
        "the first list is \(all)"
      )
      try expect(Self.events(all).first?.event.content == first.event.content, "it says something else")
      let (nothing, next) = try await calendar.allChanges(since: start)
      try expect(nothing.isEmpty, "nothing has changed, and it tells \(nothing)")
      let second = try await calendar.create { $0.title = "Second" }
      try await calendar.change(first, [.title]) { $0.title = "Renamed" }
      let (changed, later) = try await calendar.allChanges(since: next)
      let titles = Dictionary(
        Self.events(changed).map { ($0.locator.externalID, $0.event.content.title) },
        uniquingKeysWith: { $1 }
      )
      try expect(
        titles == [first.event.externalID: "Renamed", second.event.externalID: "Second"],
        "it tells \(titles)"
      )
      try await calendar.delete(first)
      let (deleted, _) = try await calendar.allChanges(since: later)
      try expect(Self.deleted(deleted).map(\.externalID) == [first.event.externalID], "it tells \(deleted)")
      try expect(Self.events(deleted).isEmpty, "it tells more than the deletion")
    },
    CalendarCheck("a listed event can be changed as it is") { calendar in
      guard calendar.provider is any ChangeFeedProvider else { return }
      let made = try await calendar.create { $0.attendees = [try Self.guest("bob@example.org")] }
      let listed = try require(
        Self.events(try await calendar.allChanges().changes).first,
        "nothing is listed"
      )
      let changed = try await calendar.change(made, [.title], from: listed.event) { $0.title = "Renamed" }
      try expect(
        changed.content.title == "Renamed" && changed.content.addresses == ["bob@example.org"],
        "it is not"
      )
    },
    CalendarCheck("occurrences that differ are told with their series") { calendar in
      guard calendar.provider is any ChangeFeedProvider else { return }
      let made = try await calendar.create { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=4"] }
      let (_, position) = try await calendar.allChanges()
      let start = try require(OriginalStart("20270204T090000Z"), "no start")
      try await calendar.change(made, at: start, [.title]) { $0.title = "Special" }
      let told = Self.events(try await calendar.allChanges(since: position).changes)
        .filter { $0.locator.originalStart == start }
      try expect(told.contains { $0.event.content.title == "Special" }, "it is not told")
      try expect(
        told.allSatisfy { $0.locator.seriesExternalID == made.event.externalID },
        "its series is another"
      )
    },
    CalendarCheck("an unknown position means that everything is listed again") { calendar in
      guard let lister = calendar.provider as? any ChangeFeedProvider else { return }
      _ = try await calendar.create()
      for text in [
        "", "nonsense", "{}x", #"{"sync":"gone-for-long","token":"http://example.com/ns/sync/1"}"#,
      ] {
        let error = try await failure {
          let changes = try await lister.changes(
            in: calendar.calendar,
            since: ChangePosition(text),
            session: calendar.session
          )
          try expect(!changes.changes.isEmpty, "an unknown position tells nothing")
        }
        try expect(error == .gone || error == nil, "\(text) is \(error?.rawValue ?? "")")
      }
    },
    CalendarCheck("a busy time is where a meeting is, and nowhere else") { calendar in
      guard let teller = calendar.provider as? any FreeBusyProvider else { return }
      let bounds = DateInterval(
        start: Date(timeIntervalSince1970: 1_801_094_400),  // 28 January 2027
        duration: 3 * 86_400
      )
      func busy() async throws -> [DateInterval] {
        try await teller.busyTimes(
          in: calendar.calendar,
          from: bounds.start,
          to: bounds.end,
          session: calendar.session
        )
      }
      try expect(try await busy().isEmpty, "an empty calendar is busy")
      let made = try await calendar.create()
      _ = try await calendar.create {
        $0.timing = try Self.timed("2027-01-28T10:30:00", "2027-01-28T12:00:00")
      }
      _ = try await calendar.create {
        $0.timing = try Self.timed("2027-01-29T10:00:00", "2027-01-29T10:30:00")
        $0.recurrence = ["RRULE:FREQ=DAILY;COUNT=9"]
      }
      _ = try await calendar.create {
        $0.timing = try Self.timed("2027-02-20T10:00:00", "2027-02-20T11:00:00")
      }
      func at(_ day: Int, _ hour: Double, _ length: Double) -> DateInterval {
        DateInterval(
          start: bounds.start.addingTimeInterval((Double(day) * 24 + hour) * 3600),
          duration: length * 3600
        )
      }
      let wanted = [at(0, 9, 2), at(1, 9, 0.5), at(2, 9, 0.5)]
      let found = try await busy()
      try expect(found == wanted, "it is \(found)")
      try await calendar.delete(made)
      try expect(try await busy() == [at(0, 9.5, 1.5)] + wanted.dropFirst(), "a deleted meeting takes time")
    },
  ]

  private static func answers(
    _ content: EventContent,
    without own: EmailAddress
  ) -> [EmailAddress: CalendarEventResponseStatus] {
    Dictionary(
      content.attendees.filter { $0.handle != own }.map { ($0.handle, $0.responseStatus) },
      uniquingKeysWith: { $1 }
    )
  }

  private static func events(_ changes: [RemoteEventChange]) -> [RemoteEvent] {
    changes.compactMap { if case .event(let event) = $0 { event } else { nil } }
  }

  private static func deleted(_ changes: [RemoteEventChange]) -> [RemoteEvent.Locator] {
    changes.compactMap { if case .deleted(let place) = $0 { place } else { nil } }
  }
}
