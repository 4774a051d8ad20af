import CalDAVDriver
import CalendarCore
import DriverTestSupport
import Foundation
import ProviderEmulators
import ProviderKit
import Testing

/// A server that sends its own invitations: each guest gets one message, from the server or from us.
@Suite(.timeLimit(.minutes(5))) struct CalDAVSchedulingTests {
  private func reference(_ event: ProviderEvent, in calendar: String) -> ProviderEventReference {
    ProviderEventReference(
      calendarExternalID: calendar,
      eventID: .init(UUID()),
      externalID: event.externalID
    )
  }

  @Test func `the server sends the invitation, once, also after a lost answer`() async throws {
    try await SchedulingServer.run { server in
      let ann = try await server.person("ann", losing: ["PUT": 1])
      #expect(ann.session.account.sendsInvitations)
      let draft = try Samples.draft(calendar: ann.calendar, attendees: ["zoe@example.net"])
      await #expect(throws: ProviderError.self) {
        try await ann.provider.createEvent(draft, session: ann.session)
      }
      _ = try await ann.provider.createEvent(draft, session: ann.session)
      let mails = server.mails(to: "zoe@example.net")
      #expect(mails.count == 1)
      let mail = try #require(mails.first)
      #expect(mail.contains("METHOD:REQUEST") && mail.contains("UID:\(draft.iCalUID)"))
    }
  }

  @Test func `a meeting that is moved is told once more, as a newer version`() async throws {
    try await SchedulingServer.run { server in
      let ann = try await server.person("ann")
      let draft = try Samples.draft(calendar: ann.calendar, attendees: ["zoe@example.net"])
      let made = try await ann.provider.createEvent(draft, session: ann.session)
      let reference = reference(made, in: ann.calendar)
      let current = try await ann.provider.event(reference, session: ann.session)
      let change = try Samples.change(of: current, [.timing]) {
        $0.timing = try Samples.timed("2027-02-01T10:00:00", "2027-02-01T11:00:00")
      }
      _ = try await ann.provider.updateEvent(
        reference,
        current: current,
        change: change,
        session: ann.session
      )
      let mails = server.mails(to: "zoe@example.net")
      #expect(mails.count == 2)
      #expect(mails.last?.contains("DTSTART;TZID=Europe/Berlin:20270201T100000") == true)
      #expect(mails.last?.contains("SEQUENCE:1\n") == true)
    }
  }

  @Test func `an invitation is in the guest's calendar, and the answer in the organizer's`() async throws {
    try await SchedulingServer.run { server in
      let (ann, ben) = (try await server.person("ann"), try await server.person("ben"))
      let draft = try Samples.draft(
        calendar: ann.calendar,
        attendees: ["ben@example.com", "zoe@example.net"]
      )
      let made = try await ann.provider.createEvent(draft, session: ann.session)
      let listed = try await ben.provider.changes(in: ben.calendar, since: nil, session: ben.session)
      let invited = try #require(
        listed.changes.compactMap { if case .event(let event) = $0 { event.event } else { nil } }.first
      )
      #expect(invited.iCalUID == draft.iCalUID && !invited.isOrganizer)
      _ = try await ben.provider.respond(
        reference(invited, in: ben.calendar),
        current: invited,
        response: .accepted,
        session: ben.session
      )
      let there = try await ann.provider.event(reference(made, in: ann.calendar), session: ann.session)
      let answers = there.content.attendees.map { "\($0.handle.rawValue) \($0.responseStatus)" }
      #expect(answers == ["ben@example.com accepted", "zoe@example.net needsAction"])
    }
  }
}
